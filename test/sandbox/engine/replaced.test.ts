/** What is replaced create-first stands beside its successor for a while: the successor's name must be another. */
import { beforeAll, describe, expect, it } from "vitest";
import { Account } from "../../../sandbox/cloud/account/account";
import { graphOf, revealed, type Graph, type GraphResource } from "../../support/graph";
import { smallPlatform } from "../../support/small-platform";

const MINUTE = 60_000;

/** The property whose value Pulumi made up, such as `name`. */
function drawnProperty({ inputs }: GraphResource): string | undefined {
  const defaults = (inputs["__defaults"] ?? []) as readonly string[];
  return defaults.find((property) => /(^n|N)ame$/.test(property));
}

/** The same once more, on an account of its own. */
const copyOf = (graph: Graph): Pick<Graph, "account" | "snapshot"> => ({
  account: new Account(graph.account.accountId, graph.account.all()),
  snapshot: graph.snapshot,
});

describe("a resource with a name that Pulumi makes up", () => {
  let standing: Graph;
  beforeAll(async () => {
    standing = await graphOf(smallPlatform());
  }, MINUTE);

  it("is replaced create-first under another name, whatever its type", async () => {
    const named = standing.resources.filter((resource) => drawnProperty(resource) !== undefined);
    expect([...new Set(named.map(({ type }) => type))].sort()).toEqual([
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:ec2/launchTemplate:LaunchTemplate",
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:eks/cluster:Cluster",
      "aws:eks/nodeGroup:NodeGroup",
      "aws:iam/policy:Policy",
      "aws:iam/role:Role",
      "aws:lb/loadBalancer:LoadBalancer",
      "aws:lb/targetGroup:TargetGroup",
    ]);
    // All at once: AWS lets no target group serve two load balancers, so the one is not replaced without the other.
    const again = await graphOf(smallPlatform(), { ...copyOf(standing), replaces: named.map(({ urn }) => urn) });
    for (const old of named) {
      const property = drawnProperty(old) ?? "";
      expect(again.byName(old.name).inputs[property], old.urn).not.toBe(old.inputs[property]);
      expect(again.byName(old.name).id, old.urn).not.toBe(old.id);
    }
  });

  it("draws a third name for a third object", async () => {
    const replaces = [standing.byName("logs").urn];
    const second = await graphOf(smallPlatform(), { ...copyOf(standing), replaces });
    const third = await graphOf(smallPlatform(), { ...second, replaces });
    const names = [standing, second, third].map((graph) => graph.byName("logs").id);
    expect(new Set(names).size).toBe(3);
  });

  it("has another name when the program takes it away and brings it back", async () => {
    const without = await graphOf(smallPlatform(false), copyOf(standing));
    const back = await graphOf(smallPlatform(), without);
    for (const name of ["cluster", "role", "nodes", "template"]) {
      expect(back.byName(name).id, name).not.toBe(standing.byName(name).id);
    }
  });

  it("has the name that its preview foresaw", async () => {
    const replaces = [standing.byName("logs").urn];
    const foreseen = await graphOf(smallPlatform(), { ...copyOf(standing), replaces, preview: true });
    const created = await graphOf(smallPlatform(), { ...copyOf(standing), replaces });
    expect(foreseen.byName("logs").inputs["name"]).toBe(created.byName("logs").inputs["name"]);
  });
});

describe("a random value", () => {
  it("is another when it is replaced with the same inputs", async () => {
    const standing = await graphOf(smallPlatform());
    const password = standing.byName("password");
    const again = await graphOf(smallPlatform(), { ...copyOf(standing), replaces: [password.urn] });
    const values = [password, again.byName("password")].map(({ outputs }) => revealed(outputs["result"]));
    expect(values[1]).not.toBe(values[0]);
  });
});

describe("a cluster that is replaced", () => {
  it("takes along its provider and everything behind it, in the preview as in the update", async () => {
    const standing = await graphOf(smallPlatform());
    const replaces = [standing.byName("cluster").urn];
    const lines = ({ steps }: Graph): string[] => steps.map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`).sort();
    const foreseen = await graphOf(smallPlatform(), { ...copyOf(standing), replaces, preview: true });
    const created = await graphOf(smallPlatform(), { ...copyOf(standing), replaces });
    expect(lines(created)).toEqual(lines(foreseen));
    for (const name of ["cluster", "nodes", "dns", "inside", "shop", "settings", "credentials"])
      expect(lines(created)).toContain(`replace ${name}`);
    const left = created.account.all().filter(({ scope }) => scope === `cluster/${standing.byName("cluster").id}`);
    expect(left).toEqual([]);
  });
});
