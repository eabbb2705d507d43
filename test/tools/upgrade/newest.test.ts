/** What an upgrade proposes: the newest versions that owners list, never an older one, and the rest of the lock as it is. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { isNewer, type Movable, moved, proposalText } from "../../../tools/upgrade/newest";
import { HouseCopy } from "../../support/house-copy";
import { StandIns } from "../deploy/stand-ins";

const LOCK = path.resolve(__dirname, "../../../stacks/env.lock.json");
const read = (): Movable => JSON.parse(readFileSync(LOCK, "utf8")) as Movable;
const addons = (...versions: readonly string[]): string =>
  JSON.stringify({ addons: [{ addonVersions: versions.map((addonVersion) => ({ addonVersion })) }] });

it.each([
  ["1.10.0", "1.9.9", true],
  ["1.9.9", "1.10.0", false],
  ["1.0.0", "1.0.0", false],
  ["v1.21.1-eksbuild.10", "v1.21.1-eksbuild.9", true],
  ["2.0.0", "10.0.0", false],
])("%s is newer than %s: %s", (one, other, newer) => {
  expect(isNewer(one, other)).toBe(newer);
});

it("moves what is newer with its source and day, and leaves everything else", () => {
  const lock = read();
  const before = read();
  const answers = {
    "charts.argo-cd": "version: 11.0.0\nappVersion: v3.5.0\n",
    "charts.istiod": "version: 1.0.0\nappVersion: 1.0.0\n",
    "kubernetes.1.35.addons.vpc-cni": addons("v1.21.1-eksbuild.9", "v1.21.1-eksbuild.10", "v1.20.0-eksbuild.1"),
    "kubernetes.1.36.addons.vpc-cni": addons("v9.0.0-eksbuild.1"),
  };
  const proposals = moved(lock, answers, "2026-12-07");
  expect(proposals).toEqual([
    { path: "charts.argo-cd", from: "10.1.1", to: "11.0.0", isMajor: true },
    {
      path: "kubernetes.1.35.addons.vpc-cni",
      from: "v1.21.1-eksbuild.8",
      to: "v1.21.1-eksbuild.10",
      isMajor: false,
    },
  ]);
  expect(lock.charts["argo-cd"]).toEqual({
    ...before.charts["argo-cd"],
    version: "11.0.0",
    appVersion: "v3.5.0",
    source: "https://github.com/argoproj/argo-helm/tree/argo-cd-11.0.0/charts/argo-cd",
    date: "2026-12-07",
  });
  const { "argo-cd": _one, ...charts } = lock.charts;
  const { "argo-cd": _other, ...same } = before.charts;
  expect(charts).toEqual(same);
  expect(lock.kubernetes["1.36"]).toEqual(before.kubernetes["1.36"]);
  expect(proposalText(proposals)).toContain("| charts.argo-cd | 10.1.1 | 11.0.0 | yes |\n");
  expect(proposalText([])).toBe("Every version of the lock file is the newest.\n");
});

it.each([
  ["charts.argo-cd", "version: 11.0.0-rc1", 'charts.argo-cd: helm named no released version: got "11.0.0-rc1".'],
  ["charts.argo-cd", "", "charts.argo-cd: helm named no released version: got undefined."],
  ["kubernetes.1.35.addons.vpc-cni", "{}", "kubernetes.1.35.addons.vpc-cni: EKS lists no version."],
])("%s with the answer %j is refused", (entry, answer, message) => {
  expect(() => moved(read(), { [entry]: answer }, "2026-12-07")).toThrow(new Error(message));
});

it("`make upgrade` writes the lock of this repository, and nothing where one look-up fails", async () => {
  const house = new HouseCopy();
  try {
    const lock = house.text("stacks/env.lock.json");
    const program = "node --require ./sandbox/runtime/typescript.cjs tools/upgrade/upgrade.ts";
    const failing = new StandIns().add("helm", {});
    const refused = await house.run(`PATH=${failing.folder}:$PATH ${program}`);
    expect([refused.code === 0, refused.output]).toEqual([false, expect.stringContaining(". Nothing was written.\n")]);
    expect(house.text("stacks/env.lock.json")).toBe(lock);
    const programs = new StandIns()
      .add("helm", {
        "show chart argo-cd --repo": "version: 11.0.0\nappVersion: v3.5.0\n",
        "show chart": "version: 0.0.1\n",
      })
      .add("aws", { "eks describe-addon-versions": addons("v0.0.1-eksbuild.1") });
    const done = await house.run(`PATH=${programs.folder}:$PATH ${program}`);
    expect([done.code, done.output]).toEqual([
      0,
      expect.stringContaining("| charts.argo-cd | 10.1.1 | 11.0.0 | yes |"),
    ]);
    expect(house.text("stacks/env.lock.json")).toBe(
      lock
        .replace('"version": "10.1.1"', '"version": "11.0.0"')
        .replace('"appVersion": "v3.4.4"', '"appVersion": "v3.5.0"')
        .replace("argo-cd-10.1.1", "argo-cd-11.0.0")
        .replace(
          /("source": "[^"]*argo-cd-11.0.0[^"]*",\s+"date": ")[^"]*/,
          (_all, before: string) => `${before}${new Date().toISOString().slice(0, 10)}`,
        ),
    );
  } finally {
    house.remove();
  }
});
