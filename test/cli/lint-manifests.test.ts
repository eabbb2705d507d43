/** `fridayproof lint-manifests` as a process. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fridayproof } from "./support";

const namespace = (level: string): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: ${level} } }\n`;
const deny =
  "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: shop }\n" +
  "spec: { podSelector: {}, policyTypes: [Ingress, Egress] }\n";

describe("lint-manifests", () => {
  let folder = "";
  const at = (name: string): string => path.join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "lint-"));
    for (const name of ["good", "bad", "empty"]) mkdirSync(at(name));
    writeFileSync(path.join(at("good"), "shop.yaml"), `${namespace("restricted")}---\n${deny}`);
    writeFileSync(path.join(at("bad"), "shop.yaml"), `${namespace("privileged")}---\n${deny}`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const lint = (name: string) => fridayproof(["lint-manifests", at(name), "--stack", "prod", "--as-of", "2026-11-21"]);

  it("ends with 0 where nothing is found", async () => {
    expect(await lint("good")).toEqual({ code: 0, stdout: "2 objects in 1 file: nothing found.\n", stderr: "" });
  });

  it("ends with 1 and names file, rule and fix of what a mandatory rule found", async () => {
    const { code, stdout } = await lint("bad");
    expect(code).toBe(1);
    expect(stdout).toBe(
      'shop.yaml#0 psa-enforced (mandatory): shop (kubernetes:core/v1:Namespace), metadata.labels["pod-security.kubernetes.io/enforce"]: ' +
        'got privileged; expected restricted, or baseline. Fix: set metadata.labels["pod-security.kubernetes.io/enforce"] to restricted.\n' +
        "    A privileged pod, made by whoever may make pods.\n" +
        "2 objects in 1 file: 1 finding, 0 problems.\n",
    );
  });

  it("reads single files, JSON and standard input, and names what no rule is about", async () => {
    const slice = JSON.stringify({
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "db" },
    });
    writeFileSync(at("slice.json"), slice);
    const args = ["lint-manifests", path.join(at("good"), "shop.yaml"), at("slice.json"), "--as-of", "2026-11-21"];
    expect(await fridayproof(args)).toEqual({
      code: 0,
      stdout:
        "1 object of kinds without a rule:\n" +
        "    kubernetes:discovery.k8s.io/v1:EndpointSlice (1): db\n" +
        "3 objects in 2 files: nothing found.\n",
      stderr: "",
    });
    const piped = await fridayproof(["lint-manifests", "-", "--as-of", "2026-11-21"], {
      input: namespace("privileged"),
    });
    expect([piped.code, piped.stdout.split(" ")[0]]).toEqual([1, "standard"]);
  });

  it("takes a link to nothing for a problem", async () => {
    mkdirSync(at("links"));
    symlinkSync("gone.yaml", path.join(at("links"), "a.yaml"));
    const { code, stdout, stderr } = await lint("links");
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toBe(
      "a.yaml: got a link to what is not there; expected what can be read. Fix: remove the link, or restore what it names.\n" +
        "0 objects in 0 files: 0 findings, 1 problem.\n",
    );
  });

  it("fails in a year in which the exemptions are over", async () => {
    const { code, stdout } = await fridayproof(["lint-manifests", at("good"), "--as-of", "2028-01-01"]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "got an exemption that expired after 2027-06-30; expected only exemptions that have not expired.",
    );
  });

  it("knows in another project, and outside of any, no exemption of ours", async () => {
    const clean = { code: 0, stdout: "2 objects in 1 file: nothing found.\n", stderr: "" };
    const late = ["lint-manifests", at("good"), "--as-of", "2028-01-01"];
    expect(await fridayproof(late, { cwd: at("good") })).toEqual(clean);
    writeFileSync(at("Pulumi.yaml"), "name: other\nruntime: nodejs\n");
    expect(await fridayproof([...late, "-C", folder])).toEqual(clean);
  });

  it("takes a folder without YAML, and one that is not there, for a mistake", async () => {
    const empty = await lint("empty");
    expect(empty.code).toBe(1);
    expect(empty.stdout).toContain("got no YAML or JSON file; expected rendered manifests.");
    const missing = await lint("missing");
    expect(missing.code).not.toBe(0);
    expect(missing.stderr).toBe(`fridayproof: ${at("missing")}: there is no such file or folder.\n`);
  });
});
