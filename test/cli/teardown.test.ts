/** What a person reads before a stack goes: who it serves, what is lifted, what stays, and what it cost. */
import { describe, expect, it } from "vitest";
import { teardownLines, type Teardown } from "../../cli/stack/teardown";
import { holdsOf } from "@fridayproof/guard/protection";

type Row = Teardown["resources"][number];

const PROVIDER = "urn:pulumi:prod::fridayproof::pulumi:providers:aws::aws";
const row = (
  type: string,
  name: string,
  inputs: Row["inputs"] = {},
  more: Partial<Row> & { readonly protect?: boolean } = {},
) => ({
  urn: `urn:pulumi:prod::fridayproof::${type}::${name}`,
  type,
  custom: true,
  inputs,
  provider: `${PROVIDER}::id`,
  ...more,
});

const resources: readonly Row[] = [
  row("pulumi:pulumi:Stack", "fridayproof-prod", {}, { custom: false, outputs: { clusterNames: { blue: "c-blue" } } }),
  { ...row("pulumi:providers:aws", "aws", { region: "us-east-1" }), urn: PROVIDER },
  row("aws:kms/key:Key", "keys-logs", { deletionWindowInDays: 30 }, { protect: true }),
  row("aws:kms/key:Key", "keys-volumes", {}, { protect: true }),
  row("aws:lb/loadBalancer:LoadBalancer", "front-door-alb", {
    loadBalancerType: "application",
    enableDeletionProtection: true,
  }),
  row("aws:lb/targetGroup:TargetGroup", "front-door-blue", {}, { id: "arn:blue" }),
  row("aws:lb/listener:Listener", "front-door-https", {
    defaultActions: [{ forward: { targetGroups: [{ arn: "arn:blue", weight: 100 }] } }],
  }),
  row("aws:route53/record:Record", "front-door-apex", { name: "example.com", aliases: [{ name: "lb" }] }),
];

const lines = (rows: readonly Row[], columns = 80, foundation?: string) =>
  teardownLines({ stack: "prod", resources: rows, holds: holdsOf(rows), foundation }, columns);

describe("the screen above the question of destroy", () => {
  it.each([80, 160])("fits %i columns", async (columns) => {
    const text = `${lines(resources, columns, "foundation").join("\n")}\n`;
    expect(text.split("\n").filter((line) => line.length > columns)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`../goldens/screens/destroy-${columns}.txt`);
  });

  it("says nothing of traffic, keys and costs where there are none", () => {
    expect(lines([row("aws:ec2/vpc:Vpc", "net")])).toEqual(["prod: 1 to delete"]);
  });

  it("says that a zone stays only where somebody else made it", () => {
    const stays = (rows: readonly Row[]) => lines(rows, 160).find((line) => line.startsWith("Stays"));
    const record = row("aws:route53/record:Record", "apex", { name: "example.com" });
    expect(stays([record])).toBe("Stays         the hosted zone");
    expect(stays([record, row("aws:route53/zone:Zone", "zone")])).toBeUndefined();
    const cluster = (inputs: Readonly<Record<string, unknown>>) => row("aws:rds/cluster:Cluster", "database", inputs);
    expect(stays([cluster({ finalSnapshotIdentifier: "shop-last", skipFinalSnapshot: false })])).toBe(
      "Stays         the last snapshot of 1 database",
    );
    expect(stays([cluster({ finalSnapshotIdentifier: "shop-last", skipFinalSnapshot: true })])).toBeUndefined();
    expect(stays([cluster({})])).toBeUndefined();
  });

  it("names secrets that are deleted only after days, and none that are gone at once", () => {
    const secret = (name: string, inputs: Row["inputs"] = {}) => row("aws:secretsmanager/secret:Secret", name, inputs);
    const gone = secret("gone", { recoveryWindowInDays: 0 });
    const stays = (rows: readonly Row[]) => lines(rows, 160).find((line) => line.startsWith("Stays"));
    expect(stays([secret("oidc"), secret("git", { recoveryWindowInDays: 7 }), gone])).toBe(
      "Stays         2 secrets, 30 days until deletion",
    );
    expect(stays([secret("git", { recoveryWindowInDays: 7 })])).toBe("Stays         1 secret, 7 days until deletion");
    expect(stays([gone])).toBeUndefined();
  });

  it("of a slot without traffic does not say that it serves", () => {
    const idle = resources.map((one) =>
      one.type.endsWith("Listener")
        ? { ...one, inputs: { defaultActions: [{ forward: { targetGroups: [{ arn: "arn:blue", weight: 0 }] } }] } }
        : one,
    );
    expect(lines(idle).some((line) => line.includes("serves now"))).toBe(false);
  });
});
