/** What somebody does by hand: refused where AWS refuses, with what AWS takes along, and only at paths that exist. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { didYouMean } from "../../../components/core/did-you-mean";
import { Account } from "../../../sandbox/cloud/account/account";
import { deleteBehind, objectNamed, tamperWith } from "../../../sandbox/cloud/console";
import { atOutputPath } from "../../../sandbox/protocol/construction";
import { graphOf, type Graph } from "../../support/graph";
import { messageOf } from "../../support/message-of";
import { smallPlatform } from "../../support/small-platform";

const MINUTE = 60_000;

let standing: Graph;
let account: Account;
const idOf = (name: string): string => standing.byName(name).id ?? "";
const ADDRESS = { type: "aws:ec2/eip:Eip", id: "eipalloc-1", scope: "us-east-1", inputs: {}, outputs: {} };
const failing = (action: () => unknown): string => messageOf(action);

beforeAll(async () => {
  standing = await graphOf(smallPlatform());
}, MINUTE);
beforeEach(() => {
  account = new Account(standing.account.accountId, standing.account.all());
});

describe("an object", () => {
  it("goes by its short name where that is unique, and by its URN", () => {
    expect(objectNamed(account, "balancer").id).toBe(idOf("balancer"));
    expect(objectNamed(account, standing.byName("balancer").urn).id).toBe(idOf("balancer"));
  });

  it("whose short name another stack has too is refused, all are named, and the stack tells them apart", () => {
    const { urn } = standing.byName("balancer");
    const own = urn.split(":")[2] ?? "";
    const elsewhere = "urn:pulumi:zoo::p::aws:ec2/eip:Eip::balancer";
    account.put({ ...ADDRESS, urn: elsewhere });
    expect(failing(() => objectNamed(account, "balancer"))).toBe(
      `balancer is the name of 2 objects; add --stack (${own}, zoo), or give the URN of one:\n${urn}\n${elsewhere}`,
    );
    expect(objectNamed(account, "balancer", { stack: own }).id).toBe(idOf("balancer"));
    expect(objectNamed(account, "balancer", { stack: "zoo" }).id).toBe(ADDRESS.id);
    expect(failing(() => objectNamed(account, "listener", { stack: "zoo" }))).toBe(
      "nothing in the account was made by listener of stack zoo. `fridayproof sandbox show --urns` lists what was.",
    );
  });

  it("whose short name another one of its stack has too is refused, and only the URN tells them apart", () => {
    const { urn } = standing.byName("balancer");
    const other = `${urn.split("::").slice(0, 2).join("::")}::aws:ec2/eip:Eip::balancer`;
    account.put({ ...ADDRESS, urn: other });
    expect(failing(() => objectNamed(account, "balancer"))).toBe(
      `balancer is the name of 2 objects; give the URN of one:\n${[urn, other].sort().join("\n")}`,
    );
  });

  it("that nobody made is refused, with a word about $ where a shell may have eaten it", () => {
    expect(failing(() => objectNamed(account, "balancre"))).toBe(
      "nothing in the account was made by balancre. `fridayproof sandbox show --urns` lists what was.",
    );
    expect(failing(() => objectNamed(account, "balancre", { slipHint: didYouMean }))).toBe(
      "nothing in the account was made by balancre. Did you mean balancer? `fridayproof sandbox show --urns` lists what was.",
    );
    expect(failing(() => objectNamed(account, "urn:pulumi:dev::p::a:lb/x:Y::z"))).toContain(
      "Did you forget to escape $",
    );
  });
});

describe("a change by hand", () => {
  const weight = "defaultActions[0].forward.targetGroups[0].weight";

  it("goes to an item of a list, in what AWS has and in what it tells", () => {
    expect(tamperWith(account, "listener", `${weight}=0`)).toBe(
      `Changed ${weight} of ${idOf("listener")} in us-east-1. The state still has what was there: \`preview --refresh\` shows the difference.`,
    );
    const { inputs, outputs } = objectNamed(account, "listener");
    expect([inputs, outputs].map((map) => atOutputPath(map, weight))).toEqual([0, 0]);
    expect(inputs).not.toHaveProperty(["defaultActions[0]"]);
    expect(atOutputPath(inputs, "defaultActions[0].type")).toBe("forward");
  });

  it.each([
    [
      "an item that is not there",
      "defaultActions[1].type=forward",
      "has no defaultActions[1].type. What it has at defaultActions: defaultActions[0]",
    ],
    [
      "a member that is not there",
      "defaultActions[0].forward.target=1",
      "has no defaultActions[0].forward.target. What it has at defaultActions[0].forward: defaultActions[0].forward.targetGroups",
    ],
  ])("of %s is refused, with those that are", (_what, assignment, message) => {
    expect(failing(() => tamperWith(account, "listener", assignment))).toBe(`${idOf("listener")} ${message}`);
  });

  it.each([
    ["logs", "tags[0]=x"],
    ["logs", "tagz.Owner=x"],
    ["logs", "tagz.labels.Owner=x"],
    ["logs", "constructor=x"],
    ["logs", "__proto__.x=x"],
    ["settings", "metadata.labels[0]=x"],
    ["settings", "metadat.labels.team=x"],
    ["settings", "toString=x"],
  ])("of %s at a path that leads nowhere is refused: %s", (name, assignment) => {
    const path = assignment.replace(/=x$/, "");
    expect(failing(() => tamperWith(account, name, assignment))).toContain(`has no ${path}. What it has`);
  });

  it("of a property that its type does not have is refused, with all that it has", () => {
    expect(failing(() => tamperWith(account, "logs", "retention=1"))).toMatch(
      /^logs-[0-9a-f]{7} has no retention\. What it has: .*, retentionInDays, /,
    );
  });

  it("to a value of another type is refused", () => {
    expect(failing(() => tamperWith(account, "logs", "retentionInDays=soon"))).toBe(
      `retentionInDays: expected number, got string. ${idOf("logs")} was not changed.`,
    );
  });

  it("may add a tag, a label, and a property that the type knows; a text that looks like a number stays one", () => {
    tamperWith(account, "logs", "tags.Owner=7");
    expect(objectNamed(account, "logs").inputs["tags"]).toEqual({ Owner: "7" });
    tamperWith(account, "cluster", "deletionProtection=true");
    expect(objectNamed(account, "cluster").inputs["deletionProtection"]).toBe(true);
    tamperWith(account, "settings", "metadata.labels.team=me");
    expect(atOutputPath(objectNamed(account, "settings").inputs, "metadata.labels.team")).toBe("me");
  });

  it.each([
    ["tags[0.b=1", "the bracket [ at column 5 of tags[0.b is not closed"],
    ["a[0].b[1=x", "the bracket [ at column 7 of a[0].b[1 is not closed"],
    ["a[0]]=1", "the bracket ] at column 5 of a[0]] closes none"],
    ["a[x]=1", 'the bracket [ at column 2 of a[x] holds x; a number or a text in "quotes" goes there'],
    ["a[]=1", 'the bracket [ at column 2 of a[] holds nothing; a number or a text in "quotes" goes there'],
  ])("at a path with a wrong bracket is refused: %s", (assignment, message) => {
    expect(failing(() => tamperWith(account, "logs", assignment))).toBe(`${message}. Nothing was changed.`);
  });

  it("may name a member with an equals sign, a dot and a bracket", () => {
    tamperWith(account, "logs", 'tags["a=b.c[0]"]=x=y');
    expect(objectNamed(account, "logs").inputs.tags).toMatchObject({ "a=b.c[0]": "x=y" });
  });

  it("without a value is refused", () => {
    expect(failing(() => tamperWith(account, "logs", "tags.Owner"))).toBe(
      "write the change as path=value, such as tags.Owner=me; got tags.Owner",
    );
  });
});

describe("a deletion by hand", () => {
  it("of a load balancer takes its listeners and their rules", () => {
    expect(deleteBehind(account, "balancer")).toBe(
      `Deleted ${idOf("balancer")} in us-east-1, and with it 1 Listener, 1 ListenerRule. The state still has what was there: \`preview --refresh\` shows the difference.`,
    );
    for (const name of ["listener", "rule"]) expect(account.ownedBy(standing.byName(name).urn)).toEqual([]);
  });

  it("of a cluster takes its nodes, its add-ons and everything inside", () => {
    const reported = deleteBehind(account, "cluster");
    expect(reported).toBe(
      `Deleted ${idOf("cluster")} in us-east-1, and with it 1 AccessEntry, 1 Addon, 1 ConfigMap, 1 Namespace, ` +
        "1 NodeGroup, 1 Secret, 1 SecurityGroup. The state still has what was there: `preview --refresh` shows the difference.",
    );
    for (const name of ["nodes", "dns", "shop", "settings"])
      expect(account.ownedBy(standing.byName(name).urn)).toEqual([]);
  });

  it("of a protected cluster is refused, and its nodes stay", () => {
    tamperWith(account, "cluster", "deletionProtection=true");
    expect(failing(() => deleteBehind(account, "cluster"))).toBe(
      `${idOf("cluster")} was not deleted, as AWS would not delete it:\n` +
        `InvalidRequestException: Cluster ${idOf("cluster")} cannot be deleted because deletion protection is enabled`,
    );
    expect(account.ownedBy(standing.byName("nodes").urn)).toHaveLength(1);
  });

  it.each([
    ["vpc", "DependencyViolation: The vpc '"],
    ["subnet-0", "DependencyViolation: The subnet '"],
    ["targets", "ResourceInUse: Target group '"],
    ["policy", "DeleteConflict: Cannot delete a policy attached to entities."],
  ])("of %s, which is in use, is refused in AWS's words", (name, words) => {
    expect(failing(() => deleteBehind(account, name))).toContain(
      `${idOf(name)} was not deleted, as AWS would not delete it:\n${words}`,
    );
    expect(account.ownedBy(standing.byName(name).urn)).toHaveLength(1);
  });

  it("of a namespace takes what is in it", () => {
    expect(deleteBehind(account, "shop")).toContain(
      "and with it 1 ConfigMap, 1 Secret. The state still has what was there",
    );
  });
});

describe("a lost cluster", () => {
  const lost = async (operation: "update" | "refresh" | "destroy", unreachable: string) => {
    process.env["PULUMI_K8S_DELETE_UNREACHABLE"] = unreachable;
    try {
      return await graphOf(smallPlatform(), { account, snapshot: standing.snapshot, operation, allowErrors: true });
    } finally {
      delete process.env["PULUMI_K8S_DELETE_UNREACHABLE"];
    }
  };

  it("fails a refresh and a destroy in the provider's words, which name the way out", async () => {
    deleteBehind(account, "cluster");
    for (const [operation, message] of [
      ["refresh", "failed to read resource state due to unreachable cluster"],
      ["destroy", "configured Kubernetes cluster is unreachable"],
    ] as const) {
      const { exitCode, diagnostics } = await lost(operation, "false");
      expect(exitCode).toBe(1);
      const said = diagnostics.map((one) => one.message).join("\n");
      expect(said).toContain(message);
      expect(said).toContain('PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"');
    }
  });

  it("is forgotten with the variable set, and made again with another endpoint and all that was in it", async () => {
    deleteBehind(account, "cluster");
    const refreshed = await lost("refresh", "true");
    expect(refreshed.exitCode).toBe(0);
    const names = refreshed.resources.map(({ name }) => name);
    for (const name of ["cluster", "nodes", "dns", "shop", "settings", "credentials"])
      expect(names).not.toContain(name);
    const created = await graphOf(smallPlatform(), { account, snapshot: refreshed.snapshot });
    expect(created.byName("cluster").outputs["endpoint"]).not.toBe(standing.byName("cluster").outputs["endpoint"]);
    expect(account.all().filter(({ scope }) => scope === `cluster/${created.byName("cluster").id}`)).toHaveLength(3);
  });
});
