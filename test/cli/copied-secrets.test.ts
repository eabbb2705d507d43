/** The drill's check of copies of secrets: those of the two legs count, in the replica's region, and no other environment's. */
import { expect, test } from "vitest";
import { copiedRows } from "../../cli/drill/account-checks";

const pair = {
  primary: { stack: "prod", region: "us-east-1", zone: "use1-az4" },
  replica: { stack: "replica", region: "us-west-2", zone: "usw2-az3" },
  secretsPrefix: "fridayproof/prod/",
};

type AccountObject = Parameters<typeof copiedRows>[0][number];

function rowOf(...secrets: readonly (readonly [name: string, ...copies: readonly string[]])[]) {
  const objects = secrets.map(([name, ...copies]) => ({
    type: "aws:secretsmanager/secret:Secret",
    inputs: { name, replicas: copies.map((region) => ({ region })) },
  }));
  const rows = copiedRows(objects as unknown as readonly AccountObject[], pair);
  const { passed, saw } = rows.find(({ what }) => what === "copies of secrets") ?? {};
  return [passed, saw];
}

test("all of the pair's have one: secrets of an environment without a replica need none", () => {
  expect(rowOf(["fridayproof/prod/on-call", "us-west-2"], ["fridayproof/staging/on-call"])).toEqual([
    true,
    "1 secrets of us-east-1 have one in us-west-2; values are written by people",
  ]);
});

test("one without a copy, or with one elsewhere, is named; and where the pair has no secret nothing was checked", () => {
  const prod = "fridayproof/prod/";
  const given = [[`${prod}on-call`, "us-west-2"], [`${prod}shop/mail`], [`${prod}oidc`, "eu-west-1"]] as const;
  expect(rowOf(...given)).toEqual([false, `without one in us-west-2: ${prod}shop/mail, ${prod}oidc`]);
  expect(rowOf(["fridayproof/staging/on-call", "us-west-2"])).toEqual([false, "no secret in us-east-1"]);
});
