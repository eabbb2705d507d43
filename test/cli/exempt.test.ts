/** `fridayproof policies exempt` as a process. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fridayproof } from "./support";

const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

describe("policies exempt", () => {
  let folder = "";
  const file = (): string => path.join(folder, ".fridayproof", "exemptions.yaml");
  const resource = "kubernetes:apps/v1:DaemonSet::shop/agent";
  const exempt = (rule: string, reason: string, expires = nextMonth, name = resource, where = folder) =>
    fridayproof(
      ["policies", "exempt", rule, name, "--reason", reason, "--owner", "shop-team"].concat([
        "--expires",
        expires,
        "--folder",
        where,
      ]),
    );
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "exempt-"));
    const agent = "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent, namespace: shop }\n";
    writeFileSync(path.join(folder, "agent.yaml"), agent);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("writes the row into the folder's file, once", async () => {
    const { code, stdout, stderr } = await exempt("pod-restricted", "it measures the node");
    expect([code, stdout, stderr]).toEqual([
      0,
      `Written to ${file()}: ${resource} is exempt from pod-restricted until ${nextMonth}.\n`,
      "",
    ]);
    expect(readFileSync(file(), "utf8")).toBe(
      `exemptions:\n  - rule: pod-restricted\n    resource: ${resource}\n    reason: it measures the node\n` +
        `    owner: shop-team\n    expires: ${nextMonth}\n`,
    );
    expect(await exempt("pod-restricted", "it measures the node")).toMatchObject({
      code: 1,
      stderr: `fridayproof: ${file()} has a row about pod-restricted and ${resource} already.\n`,
    });
  });

  it("refuses a rule that does not exist, a reason that is none, and a day that is over, and writes nothing", async () => {
    const before = readFileSync(file(), "utf8");
    const refused = await Promise.all([
      exempt("pod-restrict", "it measures the node"),
      exempt("image-digest", "."),
      exempt("image-digest", "it measures the node", "2020-01-31"),
    ]);
    expect(refused.map(({ code, stderr }) => [code, stderr])).toEqual([
      [
        2,
        "fridayproof: there is no rule 'pod-restrict'. Did you mean pod-restricted? `fridayproof policies` lists them.\n",
      ],
      [1, "fridayproof: This exemption would be invalid: the reason must be a sentence of at least 3 words.\n"],
      [1, "fridayproof: This exemption would be invalid: 2020-01-31 is over.\n"],
    ]);
    expect(readFileSync(file(), "utf8")).toBe(before);
  });

  it("refuses an object that is not there, and a folder that is not, and writes nothing", async () => {
    const before = readFileSync(file(), "utf8");
    const [typo, elsewhere] = [resource.replace("agent", "agnet"), path.join(folder, "elsewhere")];
    expect(await exempt("pod-restricted", "it measures the node", nextMonth, typo)).toMatchObject({
      code: 1,
      stderr: `fridayproof: This would exempt nothing: ${folder} has no ${typo}.\n`,
    });
    expect(await exempt("pod-restricted", "it measures the node", nextMonth, resource, elsewhere)).toMatchObject({
      code: 1,
      stderr: `fridayproof: ${elsewhere}: there is no such folder of manifests.\n`,
    });
    expect([readFileSync(file(), "utf8"), existsSync(elsewhere)]).toEqual([before, false]);
  });

  it("takes the word for what it cannot read: a chart may hold the object", async () => {
    const chart = path.join(folder, "chart");
    mkdirSync(chart);
    writeFileSync(path.join(chart, "broken.yaml"), "a: b: c\n");
    expect((await exempt("pod-restricted", "it measures the node", nextMonth, resource, chart)).code).toBe(0);
  });
});
