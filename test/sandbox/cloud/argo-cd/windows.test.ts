/** Freezes in the simulated sync: what a window holds stays as it is in the cluster, and arrives after it. */
import { beforeAll, expect, test } from "vitest";
import { windowsAt } from "../../../../cli/status/sync-windows";
import { Account } from "../../../../sandbox/cloud/account/account";
import { carriedOutSync, plannedSync } from "../../../../sandbox/cloud/argo-cd/sync";
import { isObject, type PropertyMap } from "../../../../sandbox/property/values";
import { smallest } from "../../../components/delivery/app/spec-fixture";
import { Standing } from "../../../support/change";
import { all, brief, environment, few, folder, objectsOf, repository, SCOPE, yaml } from "./sync-fixture";
import { fullest } from "../../../components/delivery/app/spec-fixture";

let standing: Account;
beforeAll(async () => {
  standing = (await Standing.of({ environment })).graph.account;
}, 120_000);

/** The account, with these windows in the project of shop. */
function account(...syncWindows: readonly PropertyMap[]): Account {
  const of = new Account(standing.accountId, standing.all());
  const type = "kubernetes:argoproj.io/v1alpha1:AppProject";
  const [project] = of.all(type).filter(({ id, scope }) => id.endsWith("/applications-shop") && scope === SCOPE);
  if (project === undefined || !isObject(project.inputs.spec)) throw new Error("no project of shop");
  of.put({ ...project, inputs: { ...project.inputs, spec: { ...project.inputs.spec, syncWindows } } });
  return of;
}

const freeze = {
  kind: "deny",
  schedule: "0 0 26 11 *",
  duration: "120h",
  timeZone: "America/New_York",
  applications: ["*"],
  manualSync: true,
  description: "Thanksgiving",
};
const inside = new Date("2026-11-30T12:00:00Z");
const after = new Date("2026-12-01T05:00:00Z");
const held = { windows: ['"Thanksgiving"'], until: "2026-12-01 00:00 America/New_York", manual: true };
const request = (root: string, moment: Date, byHand = false) => ({
  stack: "dev",
  root,
  windows: windowsAt(moment, { byHand }),
});

test("nothing of a held application changes, others are synchronized, and after the window all of it arrives", () => {
  const root = repository({ ...folder(smallest), ...folder(fullest) });
  const of = account(freeze);
  const before = JSON.stringify(objectsOf(of, "shop"));
  const rows = carriedOutSync(of, request(root, inside));
  expect(rows.map(brief)).toEqual([
    ["cart", all, 0, 0, 0],
    ["shop", few, 0, 0, 0],
  ]);
  expect(rows.map((row) => row.held)).toEqual([undefined, held]);
  expect(JSON.stringify(objectsOf(of, "shop"))).toBe(before);
  expect(objectsOf(of, "cart").length).toBeGreaterThanOrEqual(all);
  expect(plannedSync(of, request(root, inside))[1]?.held).toEqual(held);

  const [, shop] = carriedOutSync(of, request(root, after));
  expect(shop).toMatchObject({ created: few, problems: [] });
  expect(shop).not.toHaveProperty("held");
  expect(plannedSync(of, request(root, after)).map(brief)[1]).toEqual(["shop", 0, 0, 0, few]);
});

test("a person may synchronize where every window says so, one application alone", () => {
  const root = repository({ ...folder(smallest), ...folder(fullest) });
  const of = account(freeze);
  const rows = carriedOutSync(of, request(root, inside, true), "shop");
  expect(rows.map(brief)).toEqual([["shop", few, 0, 0, 0]]);
  expect(rows[0]).not.toHaveProperty("held");
  expect(objectsOf(of, "cart").some(({ type }) => type.endsWith(":Rollout"))).toBe(false);

  const shut = account({ ...freeze, manualSync: false });
  expect(carriedOutSync(shut, request(root, inside, true), "shop")[0]?.held).toEqual({ ...held, manual: false });
  expect(objectsOf(shut, "shop").some(({ type }) => type.endsWith(":Rollout"))).toBe(false);
});

test("what would be refused is said in a freeze too", () => {
  const root = repository({ ...folder(smallest), ...yaml("rbac.authorization.k8s.io/v1", "Role", "all") });
  expect(plannedSync(account(freeze), request(root, inside)).map(brief)).toEqual([
    ["shop", "extra.yaml: resource rbac.authorization.k8s.io:Role is not permitted in project applications-shop."],
  ]);
});

test("a window that Argo CD cannot read holds for good, whoever synchronizes", () => {
  const root = repository(folder(smallest));
  const { description: _description, ...plain } = freeze;
  const of = account({ ...plain, schedule: "@daily" });
  for (const byHand of [false, true])
    expect(carriedOutSync(of, request(root, after, byHand))[0]?.held).toEqual({
      windows: ['deny at "@daily" for 120h'],
      manual: false,
    });
});
