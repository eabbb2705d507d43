/** Rules on several paths, on standard input, and on what tools render. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lintManifests, lintPaths } from "../../../policies/manifests/lint";
import type { RunTool } from "../../../policies/manifests/render";
import { but, deployment } from "../support/fixtures";
import { around, object } from "../support/manifests";
import { now } from "../support/rule";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "paths-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("lint-manifests", () => {
  it("takes an empty standard input for a command that failed, not for a pass", () => {
    expect(lintPaths([], { now, input: " \n" }).problems).toEqual([
      "standard input: got nothing; expected rendered manifests. Fix: look at the command before the pipe, which wrote none.",
    ]);
  });

  it("takes files without an object for a fault of what writes them, not for a pass", () => {
    const path = join(folder, "empty.yaml");
    writeFileSync(path, "# nothing yet\n---\n");
    expect(lintPaths([path], { now }).problems).toEqual([
      `${path}: got no object; expected rendered manifests. Fix: look at the command that writes them, or leave the path out.`,
    ]);
    expect(lintPaths([path], { now, input: around.join("---\n") }).problems).toEqual([]);
  });

  it("judges several paths and standard input together", () => {
    writeFileSync(join(folder, "app.yaml"), around.join("---\n"));
    const one = object("apps/v1", "Deployment", but(deployment, { "spec.replicas": 1 }).props);
    const { files, findings } = lintPaths([join(folder, "app.yaml")], { now, input: one });
    expect([files, findings.map(({ rule, file }) => [rule, file])]).toEqual([2, [["min-replicas", "standard input"]]]);
  });

  it("judges what a chart renders to beside the plain files, and each overlay in a cluster of its own", () => {
    const app = join(folder, "deploy");
    for (const name of ["chart", "base", "overlays/a", "overlays/b"]) mkdirSync(join(app, name), { recursive: true });
    writeFileSync(join(app, "chart", "Chart.yaml"), "name: shop\n");
    for (const name of ["base", "overlays/a", "overlays/b"])
      writeFileSync(
        join(app, name, "kustomization.yaml"),
        `resources: [${name === "base" ? "x.yaml" : "../../base"}]\n`,
      );
    writeFileSync(join(app, "plain.yaml"), around.join("---\n"));
    const looked: string[] = [];
    const run: RunTool = (tool, args) => {
      looked.push([tool, ...args].join(" ").replaceAll(app, "."));
      const replicas = args.some((arg) => arg.endsWith("b")) ? 1 : 3;
      const made = but(deployment, { "spec.replicas": replicas }).props;
      return tool === "kustomize"
        ? { status: undefined, stdout: "", stderr: "" }
        : { status: 0, stdout: object("apps/v1", "Deployment", made), stderr: "" };
    };
    const { files, objects, findings, problems } = lintManifests(app, { now, run });
    expect(looked).toEqual([
      "helm template chart ./chart",
      "kustomize build ./overlays/a",
      "kubectl kustomize ./overlays/a",
      "kustomize build ./overlays/b",
      "kubectl kustomize ./overlays/b",
    ]);
    expect([files, objects, problems]).toEqual([4, 7, []]);
    expect(findings.map(({ rule, file }) => [rule, file])).toEqual([["min-replicas", "overlays/b (kubectl)"]]);
  });
});
