/** `fridayproof policies exempt` as a process. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fridayproof } from "./support";

const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

describe("policies exempt", () => {
  let folder = "";
  const file = (): string => path.join(folder, ".fridayproof", "exemptions.yaml");
  const resource = "kubernetes:apps/v1:DaemonSet::shop/agent";
  const exempt = (rule: string, reason: string, expires = nextMonth) =>
    fridayproof(
      ["policies", "exempt", rule, resource, "--reason", reason, "--owner", "shop-team"].concat([
        "--expires",
        expires,
        "--folder",
        folder,
      ]),
    );
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "exempt-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("writes the row into the folder's file, once", async () => {
    const { code, stdout, stderr } = await exempt("pod-restricted", "it measures the node");
    expect([code, stdout, stderr]).toEqual([
      0,
      `Written to ${file()}: pod-restricted excuses ${resource} until ${nextMonth}.\n`,
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
      [1, 'fridayproof: There is no rule "pod-restrict". `fridayproof policies` lists them.\n'],
      [1, "fridayproof: This would be a faulty exemption: the reason must be a sentence of at least 3 words.\n"],
      [1, "fridayproof: This would be a faulty exemption: 2020-01-31 is over.\n"],
    ]);
    expect(readFileSync(file(), "utf8")).toBe(before);
  });
});
