/** Whether an exemption names an object of a folder. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAbout } from "../../../policies/manifests/is-about";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "about-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const row = (resource: string) => ({ resource, reason: "moves next week", owner: "shop", expires: "2026-12-31" });
const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
const named = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

describe("an exemption", () => {
  it("is about one of several objects of a folder", () => {
    write("a.yaml", named("a"));
    write("b.yaml", `${named("b")}---\n${named("c")}`);
    expect(isAbout(row("kubernetes:core/v1:ConfigMap::c"), folder)).toBe(true);
    expect(isAbout(row("kubernetes:core/v1:ConfigMap::d"), folder)).toBe(false);
  });

  it("is about an object beside a file that cannot be read", () => {
    write("a.yaml", named("a"));
    write("b.yaml", "a: b: c\n");
    expect(isAbout(row("kubernetes:core/v1:ConfigMap::a"), folder)).toBe(true);
  });

  it.each([
    ["a text that is no YAML", "b.yaml", "a: b: c\n"],
    ["bytes that are no text", "b.yaml", Buffer.from([0xff, 0xfe, 0xfd])],
    ["a chart that nobody rendered", "Chart.yaml", "name: shop\n"],
  ])("may be about an object in %s", (_what, file, text) => {
    writeFileSync(join(folder, file), text);
    expect(isAbout(row("kubernetes:core/v1:ConfigMap::d"), folder)).toBeUndefined();
  });
});
