/** Tampering with every type of our program is found: each object's first property that takes another value is changed by hand. */
import { beforeAll, describe, expect, test } from "vitest";
import { driftReport, type DriftReport } from "../../../guard/drift";
import { churnReason } from "../../../guard/drift/churn";
import { Account, type CloudObject } from "../../../sandbox/cloud/account/account";
import { tamperWith } from "../../../sandbox/cloud/console";
import { foundationGraph } from "../../support/foundation-account";
import { type Graph, graphOf } from "../../support/graph";
import { stackGraph } from "../../support/stack-graph";

const MINUTES = 300_000;

/** Other values of the same kind: text, number, flag. */
function others(value: unknown): readonly unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1, value - 1];
  return typeof value === "string" && value !== "" ? [`${value}-by-hand`] : [];
}

/** Paths to plain values, the shallow ones first. */
function paths(value: unknown, path = ""): readonly (readonly [path: string, value: unknown])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => paths(item, `${path}[${index}]`));
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .filter(([key]) => /^[A-Za-z]\w*$/.test(key))
      .flatMap(([key, item]) => paths(item, path === "" ? key : `${path}.${key}`));
  return [[path, value]];
}

/** Changes the first property that the console takes. @returns the path, or undefined where it takes none. */
function tampered(account: Account, { urn, type, inputs }: CloudObject): string | undefined {
  const open = [...paths(inputs)]
    .filter(([path]) => churnReason(type, path.replace(/\[\d+\]/g, "")) === undefined)
    .sort(([left], [right]) => left.split(/[.[]/).length - right.split(/[.[]/).length);
  for (const [path, value] of open)
    for (const other of others(value)) {
      try {
        tamperWith(account, urn, `${path}=${JSON.stringify(other)}`);
        return path;
      } catch {
        // A value that the service would not take: the next one.
      }
    }
  return undefined;
}

async function reportOn(stack: string, standing: Graph, account: Account): Promise<DriftReport> {
  const { snapshot } = standing;
  const { result } = await graphOf(() => undefined, {
    operation: "refresh",
    stack,
    account,
    snapshot,
    allowErrors: true,
  });
  expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { drifts } = result;
  return driftReport({ stack, found: drifts, trail: () => "unreadable" });
}

describe.each([
  ["foundation", () => foundationGraph()],
  ["prod", () => stackGraph("prod")],
] as const)("%s", (stack, make) => {
  let standing: Graph;
  beforeAll(async () => {
    standing = await make();
  }, MINUTES);

  test("has no drift while nobody touches it", async () => {
    expect((await reportOn(stack, standing, standing.account)).drift).toEqual([]);
  });

  test("shows one object of each type that was changed by hand, and nothing else", async () => {
    const account = new Account(standing.account.accountId, standing.account.all());
    const own = new Set(standing.resources.filter(({ custom }) => custom).map(({ urn }) => urn));
    const first = new Map(
      account
        .all()
        .filter(({ urn }) => own.has(urn))
        .map((object) => [object.type, object] as const),
    );
    const changed = [...first.values()].map((object) => [object.urn, tampered(account, object)] as const);
    const report = await reportOn(stack, standing, account);
    expect(changed.filter(([, path]) => path === undefined)).toEqual([]);
    expect(report.drift.map(({ urn }) => urn)).toEqual(changed.map(([urn]) => urn).sort());
    expect(report.exitCode).toBe(7);
  });

  test("shows an object that was deleted by hand", async () => {
    const account = new Account(standing.account.accountId, standing.account.all());
    const own = new Set(standing.resources.map(({ urn }) => urn));
    const victim = account.all("aws:iam/role:Role").find(({ urn }) => own.has(urn));
    if (victim !== undefined) account.remove(victim);
    const { drift } = await reportOn(stack, standing, account);
    expect(drift.filter(({ gone }) => gone).map(({ urn }) => urn)).toEqual([victim?.urn]);
  });
});
