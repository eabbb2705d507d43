/** What an update sends: what was changed by hand stays where the provider sends nothing of it. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Account } from "../../../../sandbox/cloud/account/account";
import { awsPackage } from "../../../../sandbox/cloud/aws/package";
import { updatePayloads } from "../../../../sandbox/cloud/aws/update-payloads";
import { objectNamed, tamperWith } from "../../../../sandbox/cloud/console";
import { atOutputPath } from "../../../../sandbox/protocol/construction";
import type { PropertyMap } from "../../../../sandbox/property/values";
import { graphOf, type Graph } from "../../../support/graph";
import { smallPlatform } from "../../../support/small-platform";

const MINUTE = 60_000;
let standing: Graph;
let account: Account;

beforeAll(async () => {
  standing = await graphOf(smallPlatform());
}, MINUTE);
beforeEach(() => {
  account = new Account(standing.account.accountId, standing.account.all());
});

/** Updates an object as the engine does: from what the state remembers to new inputs. */
function update(name: string, changes: PropertyMap): void {
  const { urn, type, id = "", inputs, outputs } = standing.byName(name);
  const provider = awsPackage(account).configure({ region: "us-east-1" });
  provider.update({ urn, type, name }, { id, inputs, outputs }, { ...inputs, ...changes }, false);
}
const live = (name: string, path: string) => atOutputPath(objectNamed(account, name).inputs, path);

/** A change by hand, an update of something else that leaves it alone, and an update that sends it again. */
interface Case {
  readonly name: string;
  readonly byHand: readonly [string, string | number];
  readonly beside: PropertyMap;
  readonly own: PropertyMap;
}

const fixed = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "503" } };

const CASES: Readonly<Record<string, Case>> = {
  "aws:lb/listener:Listener": {
    name: "listener",
    byHand: ["defaultActions[0].forward.targetGroups[0].weight", 7],
    beside: { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
    own: { defaultActions: [fixed] },
  },
  "aws:lb/listenerRule:ListenerRule": {
    name: "rule",
    byHand: ["actions[0].forward.targetGroups[0].weight", 7],
    beside: { priority: 2 },
    own: { actions: [fixed] },
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    name: "balancer",
    byHand: ["idleTimeout", 10],
    beside: { enableHttp2: false },
    own: { idleTimeout: 20 },
  },
  "aws:lb/targetGroup:TargetGroup": {
    name: "targets",
    byHand: ["deregistrationDelay", 10],
    beside: { slowStart: 30 },
    own: { deregistrationDelay: 20 },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    name: "group",
    byHand: ["description", "by hand"],
    beside: { ingress: [{ fromPort: 80, toPort: 80, protocol: "tcp", cidrBlocks: ["10.0.0.0/8"] }] },
    own: { description: "mine" },
  },
  "aws:eks/addon:Addon": {
    name: "dns",
    byHand: ["configurationValues", "{}"],
    beside: { resolveConflictsOnUpdate: "PRESERVE" },
    own: { configurationValues: '{"replicaCount":2}' },
  },
  "aws:eks/cluster:Cluster": {
    name: "cluster",
    byHand: ["deletionProtection", "true"],
    beside: { enabledClusterLogTypes: ["api"] },
    own: { deletionProtection: false },
  },
  "aws:eks/nodeGroup:NodeGroup": {
    name: "nodes",
    byHand: ["scalingConfig.desiredSize", 3],
    beside: { labels: { pool: "apps" } },
    own: { scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 6 } },
  },
};

describe("an update", () => {
  it("is tried for every row of the table", () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(updatePayloads()).sort());
  });

  it.each(Object.entries(CASES))("of %s leaves alone what it does not send", (type, { name, byHand, beside }) => {
    const [path, value] = byHand;
    tamperWith(account, name, `${path}=${value}`);
    update(name, beside);
    expect(String(live(name, path)), type).toBe(String(value));
    for (const [property, expected] of Object.entries(beside)) expect(live(name, property)).toEqual(expected);
  });

  it.each(Object.entries(CASES))("of %s sends a changed property whole", (_type, { name, byHand, own }) => {
    tamperWith(account, name, `${byHand[0]}=${byHand[1]}`);
    update(name, own);
    for (const [property, expected] of Object.entries(own)) expect(live(name, property)).toEqual(expected);
  });

  it("sends what goes with a changed property, and attributes of a listener on their own", () => {
    tamperWith(account, "listener", "port=81");
    update("listener", { routingHttpResponseServerEnabled: false });
    expect(live("listener", "port")).toBe(81);
    update("listener", { defaultActions: [fixed] });
    expect(live("listener", "port")).toBe(80);
  });

  it("sends the access of a cluster's endpoint together, and its subnets on their own", () => {
    tamperWith(account, "cluster", 'vpcConfig.publicAccessCidrs=["198.51.100.7/32"]');
    const { vpcConfig } = standing.byName("cluster").inputs as { vpcConfig: PropertyMap };
    update("cluster", { vpcConfig: { ...vpcConfig, securityGroupIds: [] } });
    expect(live("cluster", "vpcConfig.publicAccessCidrs")).toEqual(["198.51.100.7/32"]);
    update("cluster", {
      vpcConfig: { ...vpcConfig, publicAccessCidrs: ["192.0.2.0/24"], endpointPrivateAccess: true },
    });
    expect(live("cluster", "vpcConfig.publicAccessCidrs")).toEqual(["192.0.2.0/24"]);
  });

  it("takes labels, taints, rules and tags away and adds them one by one: what was added by hand stays", () => {
    tamperWith(account, "nodes", 'labels={"pool":"old","mine":"1"}');
    tamperWith(account, "nodes", 'taints=[{"key":"mine","effect":"NO_SCHEDULE"}]');
    update("nodes", { labels: { pool: "apps" }, taints: [{ key: "pool", effect: "NO_EXECUTE" }] });
    expect(live("nodes", "labels")).toEqual({ pool: "apps", mine: "1" });
    expect(live("nodes", "taints")).toEqual([
      { key: "mine", effect: "NO_SCHEDULE" },
      { key: "pool", effect: "NO_EXECUTE" },
    ]);
    tamperWith(account, "vpc", "tags.Owner=me");
    update("vpc", { tags: { Team: "shop" } });
    expect(live("vpc", "tags")).toEqual({ Owner: "me", Team: "shop" });
  });

  it("of tags alone sends nothing else, and of anything else everything where the table has no row", () => {
    tamperWith(account, "vpc", "enableDnsSupport=false");
    update("vpc", { tags: { Team: "shop" } });
    expect(live("vpc", "enableDnsSupport")).toBe(false);
    update("vpc", { enableDnsHostnames: true });
    expect(live("vpc", "enableDnsSupport")).toBe(true);
  });

  it("of anything leaves tags alone that did not change", () => {
    tamperWith(account, "vpc", "tags.Owner=me");
    update("vpc", { enableDnsHostnames: true });
    expect(live("vpc", "tags")).toEqual({ Owner: "me" });
  });

  it("of what is gone is refused, as AWS refuses it", () => {
    account.remove(objectNamed(account, "logs"));
    expect(() => update("logs", { retentionInDays: 30 })).toThrow(
      /^ResourceNotFoundException: |NotFound|does not exist/,
    );
    account.remove(objectNamed(account, "cluster"));
    expect(() => update("cluster", { enabledClusterLogTypes: ["api"] })).toThrow(
      `ResourceNotFoundException: No cluster found for name: ${standing.byName("cluster").id ?? ""}.`,
    );
  });
});
