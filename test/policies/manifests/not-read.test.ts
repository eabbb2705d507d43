/** What lint-manifests says of what it could not look at: files without an object, charts, and rules that do not exist. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RuleExemption } from "../../../policies/kit/rule/exemption";
import { lintManifests } from "../../../policies/manifests/lint";
import { deployment } from "../support/fixtures";
import { around, object } from "../support/manifests";
import { now } from "../support/rule";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "not-read-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, ...documents: readonly string[]): void {
  writeFileSync(join(folder, name), documents.join("---\n"));
}

describe("lint-manifests", () => {
  it("refuses files without an object, however many remarks they have, and leaves what was said of them", () => {
    const empty = mkdtempSync(join(folder, "empty-"));
    expect(lintManifests(empty, { now }).problems).toEqual([]);
    writeFileSync(join(empty, "none.yaml"), "# nothing yet\n");
    expect(lintManifests(empty, { now }).problems).toEqual([
      `${empty}: got no object; expected rendered manifests. Fix: look at the command that writes them, or leave the path out.`,
    ]);
    writeFileSync(join(empty, "none.yaml"), "just a text\n");
    expect(lintManifests(empty, { now }).problems).toHaveLength(1);
    expect(lintManifests(empty, { now }).problems[0]).not.toContain("got no object");
    rmSync(empty, { recursive: true });
  });

  it("says what a tool does not render, beside what it found, and reads what a tool renders", () => {
    const charts = mkdtempSync(join(folder, "charts-"));
    writeFileSync(join(charts, "Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    const tool =
      (status: number | undefined, stdout = "") =>
      () => ({ status, stdout, stderr: "" });
    const missing = lintManifests(charts, { now, run: tool(undefined) });
    expect(missing.problems).toEqual([expect.stringContaining("got a Helm chart, and no helm on the PATH")]);
    const service = object("v1", "Namespace", { metadata: { name: "shop" } });
    expect(lintManifests(charts, { now, run: tool(0, service) }).objects).toBe(1);
    // A chart may render nothing by design.
    expect(lintManifests(charts, { now, run: tool(0) }).problems).toEqual([]);
    rmSync(charts, { recursive: true });
  });

  it("names configuration and exemptions of rules that do not exist", () => {
    write("app.yaml", object("apps/v1", "Deployment", deployment.props), ...around);
    const row: RuleExemption = {
      rule: "no-rule",
      resource: `${deployment.type}::shop/shop`,
      reason: "because it is so",
      owner: "team",
      expires: "2027-01-01",
    };
    expect(lintManifests(folder, { now, config: { nowhere: {} }, exemptions: [row] }).problems).toEqual([
      'configuration of "nowhere": got a rule that does not exist; expected the id of a rule. Fix: take it from `fridayproof policies`.',
      'exemptions, rule "no-rule": got a rule that does not exist; expected the id of a rule. Fix: take it from `fridayproof policies`.',
    ]);
    expect(lintManifests(folder, { now, exemptions: [{ ...row, file: "a.yaml" }] }).problems).toEqual([
      'a.yaml, rule "no-rule": got a rule that does not exist; expected the id of a rule. Fix: take it from `fridayproof policies`.',
    ]);
  });
});
