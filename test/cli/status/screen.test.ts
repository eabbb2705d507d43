/** The screen of a status, at both widths: the files in test/goldens/screens/ are what is printed. */
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import type { ApplicationSync } from "../../../sandbox/account";
import { statusLines, type StatusFacts } from "../../../cli/status/screen";

const colors = pc.createColors(false);
const slot = { targets: { ready: 3, desired: 3 }, nodes: { ready: 8, desired: 8 }, kubernetes: "1.35" };

const facts: StatusFacts = {
  stack: "prod",
  now: new Date("2026-11-29T03:12:00Z"),
  status: {
    region: "us-east-1",
    hosts: ["example.com", "*.example.com"],
    slots: [
      { slot: "blue", weight: 95, ...slot },
      { slot: "green", weight: 5, ...slot, targets: { ready: 0, desired: 3 } },
    ],
    pools: [
      { pool: "apps", least: 3, most: 10, slots: ["blue", "green"] },
      { pool: "system", least: 3, most: 6, slots: ["blue", "green"] },
    ],
    windows: [],
    applications: ["cart", "shop"],
    versions: [
      { what: "argo-cd", version: "10.1.1" },
      { what: "gateway", version: "1.30.3" },
    ],
    last: { at: "2026-11-29T03:08:11.5Z", name: "front-door-https" },
    missing: ["green-gateway-binding"],
    resources: 312,
  },
  freeze: { until: "2026-12-01 00:00", timeZone: "America/New_York", reason: "Thanksgiving to Cyber Monday." },
  cost: "2,472.13",
};

describe("the screen of a status", () => {
  it.each([80, 160])("fits %i columns", async (columns) => {
    const text = `${statusLines(facts, { columns, colors, plain: false, unicode: true }).join("\n")}\n`;
    expect(text.split("\n").filter((line) => line.length > columns)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`../../goldens/screens/status-${columns}.txt`);
  });

  const line = (label: string, more: Partial<StatusFacts> = {}, plain = false, unicode = true): string =>
    statusLines({ ...facts, ...more }, { columns: 160, colors, plain, unicode }).find((text) =>
      text.trimStart().startsWith(label),
    ) ?? "";

  it("says in words what a bar says, where bars cannot be read", () => {
    expect(line("blue", {}, true)).toBe("  blue    95 %  targets 3/3   nodes 8/8   EKS 1.35");
    expect(line("green", {}, false, false)).toBe(
      `  green    5 %  #${" ".repeat(21)}targets 0/3   nodes 8/8   EKS 1.35`,
    );
  });

  const synced = (application: string, more: Partial<ApplicationSync>): ApplicationSync => ({
    ...{ cluster: "fridayproof-prod-blue", application, folder: `gitops/prod/${application}` },
    ...{ created: 0, updated: 0, removed: 0, unchanged: 0, problems: [], ...more },
  });

  it("says of each application whether its clusters have what Git has", () => {
    const row = (rows: readonly ApplicationSync[]): string => line("apps", { synced: rows });
    expect(row([])).toBe("apps      cart, nothing in Git; shop, nothing in Git");
    const both = [synced("shop", { unchanged: 16 }), synced("shop", { unchanged: 17 })];
    expect(row([...both, synced("cart", { created: 1, updated: 2, removed: 3, unchanged: 4 })])).toBe(
      "apps      cart, out of sync: 6 objects differ from Git; shop, 33 objects in sync",
    );
    expect(row([synced("shop", { problems: ["a: b.", "c."] })])).toBe(
      "apps      cart, nothing in Git; shop, refused: a: b.",
    );
    expect(row([synced("shop", { updated: 1 })])).toBe(
      "apps      cart, nothing in Git; shop, out of sync: 1 object differs from Git",
    );
    const held = { windows: ['"busy"'], until: "2026-12-01 00:00 America/New_York", manual: true };
    expect(row([synced("cart", { unchanged: 3, held }), synced("shop", { updated: 2, held })])).toBe(
      'apps      cart, 3 objects in sync; shop, held until 2026-12-01 00:00 America/New_York by "busy": 2 objects differ from Git',
    );
  });

  it.each([
    [undefined, "drift     not checked               npx fridayproof status -s prod --refresh"],
    [[], "drift     none"],
    [["a", "b", "c", "d"], "drift     4 changed by others: a, b, c, 1 more"],
  ])("says of drift %j what was looked at", (drifted, expected) => {
    expect(line("drift", { drifted })).toBe(expected);
  });

  it("paints targets red that traffic goes to and that are not there", () => {
    const loud = pc.createColors(true);
    const lines = statusLines(facts, { columns: 160, colors: loud, plain: false, unicode: true });
    expect(lines.find((text) => text.includes("green  "))).toContain(loud.red("targets 0/3"));
    expect(lines.find((text) => text.includes("blue  "))).not.toContain("\u001b[31m");
  });

  it("says that nothing is frozen where nothing is", () => {
    expect(line("frozen", { freeze: undefined })).toBe("frozen    no");
  });
});
