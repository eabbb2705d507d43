/** Differences in disguise: other spellings of a region, base64, secrets within sets and options, and what is only read. */
import { SECRET_SIG, SIG } from "@fridayproof/components/core";
import { beforeAll, describe, expect, it } from "vitest";
import { encodedText } from "../../../guard/parity/encoded-text";
import { compared, copyOf, type Exported, primary, put, replicaFrom, type Row, rowOf } from "./support";

let first: Exported;
let second: Exported;
beforeAll(async () => {
  first = await primary();
  second = replicaFrom(first);
});

const TEMPLATE = "blue-apps-template";
const encoded = (text: string): string => Buffer.from(text).toString("base64");
const secret = (value: unknown): unknown => ({ [SIG]: SECRET_SIG, plaintext: JSON.stringify(value) });
const closed = { [SIG]: SECRET_SIG, ciphertext: "v1:closed" };

/** What is found where the primary has one value in a member of its launch template, and the replica another. */
function foundIn(key: string, one: unknown, other: unknown, member: "inputs" | "options" = "inputs") {
  const [left, right] = [copyOf(first), copyOf(second)];
  for (const [state, value] of [
    [left, one],
    [right, other],
  ] as const) {
    const row = rowOf(state, TEMPLATE);
    put(member === "inputs" ? row.inputs : row, key, value);
  }
  const { differences, notCompared, stacks } = compared(left, right);
  const found = differences.map(({ kind, address }) => `${kind} ${address.split(" ").at(-1) ?? ""}`);
  // Equal hashes mean equal stacks, secrets aside.
  if (found.some((each) => !each.startsWith("secret"))) expect(stacks[0].hash).not.toBe(stacks[1].hash);
  return { found, notCompared: notCompared.map(({ address }) => address.split(" ").at(-1)) };
}
const nothing = { found: [], notCompared: [] };

describe("the region in another spelling", () => {
  const spellings: readonly (readonly [primary: string, replica: string])[] = [
    ["US-EAST-1", "US-WEST-2"],
    ["us_east_1", "us_west_2"],
    ["US_EAST_1", "US_WEST_2"],
    ["useast1", "uswest2"],
    ["usEast1", "usWest2"],
    ["UsEast1", "UsWest2"],
    ["assets_us-east-1", "assets_us-west-2"],
    ["arn%3Aaws%3Asqs%3Aus-east-1%3Ajobs", "arn%3Aaws%3Asqs%3Aus-west-2%3Ajobs"],
    ["us-east-1_Pool", "us-west-2_Pool"],
    ["us-east-1f", "us-west-2f"],
    ["use1-az6", "usw2-az6"],
  ];
  it.each(spellings)("counts as each one's own: %s and %s", (one, other) => {
    expect(foundIn("note", one, other)).toEqual(nothing);
  });

  it.each(spellings)("is found where the replica has the primary's: %s, not %s", (one) => {
    expect(foundIn("note", one, one).found).toEqual(["input inputs.note"]);
  });

  it("is another text where the other one spells it otherwise, and none where it is a part of another word", () => {
    expect(foundIn("note", "us-east-1", "US-WEST-2").found).toEqual(["input inputs.note"]);
    expect(foundIn("note", "us_east_1", "uswest2").found).toEqual(["input inputs.note"]);
    for (const text of ["campus-east-1", "us-east-12", "house1"]) expect(foundIn("note", text, text)).toEqual(nothing);
  });
});

describe("what stands in base64", () => {
  const script = (region: string): string => encoded(`#!/bin/sh\nexport AWS_REGION=${region}\n`);

  it("is compared by what it says", () => {
    expect(foundIn("userData", script("us-east-1"), script("us-west-2"))).toEqual(nothing);
    expect(foundIn("userData", encoded('{"a":1,"b":"us-east-1"}'), encoded('{"b":"us-west-2","a":1}'))).toEqual(
      nothing,
    );
    for (const region of ["us-east-1", "eu-west-1"])
      expect(foundIn("userData", script("us-east-1"), script(region)).found).toEqual(["input inputs.userData"]);
  });

  it("is not the same as its text in clear", () => {
    const text = '{"region":"somewhere"}';
    expect(foundIn("userData", text, encoded(text)).found).toHaveLength(1);
    expect(foundIn("userData", "plain words here", encoded("plain words here")).found).toHaveLength(1);
  });

  it("is text and nothing else: words, digests and bytes stay as they are", () => {
    expect(encodedText(encoded("twelve chars"))).toBe("twelve chars");
    const others = [
      "c2hvcnQ=",
      "subnetIdsOfGroup",
      "a".repeat(64),
      encoded("\u0000\u0001 bytes of it"),
      `${encoded("twelve chars")}A`,
    ];
    expect(others.map(encodedText)).toEqual(others.map(() => undefined));
  });
});

describe("secrets", () => {
  it("within a list whose order means nothing are compared opened, in whatever order", () => {
    const list = (...values: readonly unknown[]): unknown[] => values.map((value) => secret(value));
    expect(foundIn("securityGroupIds", list("a", "b"), list("b", "a"))).toEqual(nothing);
    expect(foundIn("securityGroupIds", list("a", "b"), list("b", "c")).found).toEqual([
      "secret inputs.securityGroupIds[0]",
    ]);
    const maps = (value: string): unknown[] => [{ name: "x", key: secret(value), also: [1, secret("same")] }];
    expect(foundIn("securityGroupIds", maps("a"), maps("a"))).toEqual(nothing);
    expect(foundIn("securityGroupIds", maps("a"), maps("b")).found).toEqual(["secret inputs.securityGroupIds[0].key"]);
  });

  it("that are closed there are named, and never equal", () => {
    expect(foundIn("securityGroupIds", [closed, "x"], ["x", closed])).toEqual({
      found: [],
      notCompared: ["inputs.securityGroupIds[0]"],
    });
  });

  it("in an option are compared like those in inputs", () => {
    expect(foundIn("hooks", { key: secret("a") }, { key: secret("a") }, "options")).toEqual(nothing);
    expect(foundIn("hooks", { key: secret("a") }, { key: secret("b") }, "options").found).toEqual([
      "secret options.hooks.key",
    ]);
  });
});

describe("edges and what is only read", () => {
  const bucket = (stack: string, id: string, external: boolean): Row => ({
    urn: `urn:pulumi:${stack}::fridayproof::aws:s3/bucket:Bucket::logs`,
    type: "aws:s3/bucket:Bucket",
    custom: true,
    external,
    id,
    inputs: {},
  });
  const withBuckets = (external: boolean, ...ids: readonly [string, string]) => {
    const [left, right] = [copyOf(first), copyOf(second)];
    left.deployment.resources.push(bucket("prod", ids[0], external));
    right.deployment.resources.push(bucket("replica", ids[1], external));
    return compared(left, right).differences.map(({ address }) => address);
  };

  it("the id of a resource that is only read is all that the program says of it", () => {
    expect(withBuckets(true, "logs-one", "logs-two")).toEqual(["aws:s3/bucket:Bucket logs options.id"]);
    expect(withBuckets(true, "logs-us-east-1", "logs-us-west-2")).toEqual([]);
    expect(withBuckets(false, "logs-one", "logs-two")).toEqual([]);
  });

  it("a dependency that is written twice is one", () => {
    const changed = copyOf(second);
    const row = rowOf(changed, "blue-argo-cd-release");
    const edges = row["dependencies"] as string[];
    put(row, "dependencies", [...edges, ...edges]);
    expect([edges.length > 1, compared(first, changed).verdict]).toEqual([true, "IDENTICAL"]);
  });
});
