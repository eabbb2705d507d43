/** Charts and kustomizations are rendered by the user's tools; what is not rendered is told. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Unrendered } from "../../../policies/manifests/files";
import { isRemote } from "../../../policies/kit/reading/manifest-address";
import { render, runTool, type ToolRun, tops } from "../../../policies/manifests/render";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "render-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const chart: Unrendered = { file: "charts/shop", folder: "/charts/shop", tool: "helm" };
const missing: ToolRun = { status: undefined, stdout: "", stderr: "" };

function kustomization(name: string, text: string): Unrendered {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "kustomization.yaml"), text);
  return { file: name, folder: join(folder, name), tool: "kustomize" };
}

describe("rendering", () => {
  it("gives what the tool prints, under the folder's name", () => {
    const run = (): ToolRun => ({ status: 0, stdout: "a: b\n", stderr: "" });
    expect(render(chart, run)).toEqual({ text: { file: "charts/shop (helm)", text: "a: b\n" } });
  });

  it("is told where the tool is missing, with what to pipe", () => {
    expect(render(chart, () => missing)).toEqual({
      problem:
        "charts/shop: got a Helm chart, and no helm on the PATH; expected rendered manifests. " +
        "Fix: install it, or pipe what it renders: helm template shop charts/shop | fridayproof lint-manifests -.",
    });
    expect(render(kustomization("plain", "resources: []\n"), () => missing)).toEqual({
      problem:
        "plain: got a Kustomize folder, and no kustomize or kubectl on the PATH; expected rendered manifests. " +
        "Fix: install it, or pipe what it renders: kustomize build plain | fridayproof lint-manifests -.",
    });
  });

  it("is told where the tool fails, with its last line", () => {
    const run = (): ToolRun => ({ status: 1, stdout: "", stderr: "warning\nhint\nError: values missing\n" });
    expect(render(chart, run)).toEqual({
      problem:
        "charts/shop: got a Helm chart that helm does not render (Error: values missing); expected rendered manifests. " +
        'Fix: make "helm template shop /charts/shop" work.',
    });
  });

  it("fetches nothing from other repositories", () => {
    const remote = kustomization("far", "resources: [https://github.com/acme/base?ref=main]\n");
    const run = (): ToolRun => {
      throw new Error("was run");
    };
    expect(render(remote, run)).toEqual({
      problem:
        "far: got a Kustomize folder with 1 base of other repositories, which are not fetched here; expected rendered manifests. " +
        "Fix: copy them in, or pipe what you build: kustomize build far | fridayproof lint-manifests -.",
    });
  });

  it("takes a kustomization inside of a chart for a file of the chart", () => {
    const inner = kustomization("chart", "resources: [../plain, https://github.com/acme/base?ref=main]\n");
    const plain = kustomization("plain", "resources: []\n");
    expect(tops([{ ...inner, tool: "helm" }, plain])).toEqual([{ ...inner, tool: "helm" }, plain]);
    const run = (): ToolRun => ({ status: 0, stdout: "a: b\n", stderr: "" });
    expect(render({ ...inner, tool: "helm" }, run)).toEqual({ text: { file: "chart (helm)", text: "a: b\n" } });
  });

  it.each([
    ["https://github.com/a/b", true],
    ["github.com/a/b?ref=main", true],
    ["git@github.com:a/b", true],
    ["oci://registry/a", true],
    ["../base", false],
    ["deployment.yaml", false],
    ["./v1.2/base", false],
  ])("%s is remote: %s", (entry, remote) => {
    expect(isRemote(entry)).toBe(remote);
  });

  it("leaves out what another kustomization takes in, and survives one that is no YAML", () => {
    const base = kustomization("base", "resources: [x.yaml]\n");
    const top = kustomization("top", "resources: [../base, ../gone]\n");
    const broken = kustomization("broken", "a: b: c\n");
    expect(tops([base, top, broken, chart])).toEqual([top, broken, chart]);
    const parts = ["old", "part"].map((name) => kustomization(name, "resources: []\n"));
    const both = kustomization("both", "bases: [../old]\ncomponents: [../part]\n");
    expect(tops([...parts, both])).toEqual([both]);
  });
});

describe("a tool", () => {
  it("answers with what it printed, and says when it is not there", () => {
    expect(runTool("node", ["--eval", "console.log(1); process.exitCode = 3"])).toEqual({
      status: 3,
      stdout: "1\n",
      stderr: "",
    });
    expect(runTool("fridayproof-no-such-tool", [])).toEqual(missing);
  });
});
