/** What an update sends: what was changed by hand stays where the provider sends nothing of it. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Account } from "../../../../sandbox/cloud/account";
import { awsPackage } from "../../../../sandbox/cloud/aws/package";
import { sentRows } from "../../../../sandbox/cloud/aws/sent";
import { objectNamed, tamperWith } from "../../../../sandbox/cloud/console";
import { atOutputPath } from "../../../../sandbox/provider/construction";
import type { PropertyMap } from "../../../../sandbox/values/values";
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

/** For each row: what is changed by hand, what an update changes beside it, and what an update of the property itself says. */
const CASES: Readonly<Record<string, readonly [string, string, string | number, PropertyMap, PropertyMap]>> = {
  "aws:lb/listener:Listener": [
    "listener",
    "defaultActions[0].forward.targetGroups[0].weight",
    7,
    { routingHttpResponseServerEnabled: false },
    { defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "503" } }] },
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    "nodes",
    "scalingConfig.desiredSize",
    3,
    { labels: { pool: "apps" } },
    { scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 6 } },
  ],
  "aws:eks/cluster:Cluster": [
    "cluster",
    "deletionProtection",
    "true",
    { enabledClusterLogTypes: ["api"] },
    { deletionProtection: false },
  ],
};

describe("an update", () => {
  it("is tried for every row of the table", () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(sentRows()).sort());
  });

  it.each(Object.entries(CASES))("of %s leaves alone what it does not send", (type, [name, path, value, beside]) => {
    tamperWith(account, name, `${path}=${value}`);
    update(name, beside);
    expect(String(live(name, path)), type).toBe(String(value));
    for (const [property, wanted] of Object.entries(beside)) expect(live(name, property)).toEqual(wanted);
  });

  it.each(Object.entries(CASES))("of %s sends a changed property whole", (_type, [name, path, value, , own]) => {
    tamperWith(account, name, `${path}=${value}`);
    update(name, own);
    for (const [property, wanted] of Object.entries(own)) expect(live(name, property)).toEqual(wanted);
  });

  it("sends the rest of a listener every time", () => {
    tamperWith(account, "listener", "port=81");
    update("listener", { routingHttpResponseServerEnabled: false });
    expect(live("listener", "port")).toBe(80);
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
