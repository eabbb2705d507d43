/** An application's own exemptions: the file, its rows, and what they cover. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownExemptions, readExemptions } from "../../../policies/manifests/exemption-file";

const row = {
  rule: "pod-restricted",
  resource: "kubernetes:apps/v1:DaemonSet::shop/agent",
  reason: "it measures the node",
  owner: "shop-team",
  expires: "2027-01-31",
};
const rowLines = (more: Readonly<Record<string, unknown>> = {}): string =>
  Object.entries({ ...row, ...more })
    .map(([key, value], index) => `${index === 0 ? "  - " : "    "}${key}: ${String(value)}\n`)
    .join("");
const home = { file: "shop/.fridayproof/exemptions.yaml", folder: "shop/" };

describe("a file of exemptions", () => {
  it("gives its rows with the place they come from", () => {
    const text = `exemptions:\n${rowLines()}${rowLines({ path: "spec.template.spec.hostNetwork" })}`;
    expect(readExemptions(text, "shop")).toEqual({
      rows: [
        { ...row, home },
        { ...row, path: "spec.template.spec.hostNetwork", home },
      ],
      problems: [],
    });
    expect(readExemptions(`exemptions:\n${rowLines()}`, "").rows[0]?.home).toEqual({
      file: ".fridayproof/exemptions.yaml",
      folder: "",
    });
  });

  const texts = "the texts rule, resource, reason, owner, expires, and path if need be. Fix: complete it.";
  it.each([
    [
      "a: b: c",
      ": got no YAML; wanted a list under `exemptions`. Fix: Nested mappings are not allowed in compact mappings at line 1, column 4.",
    ],
    ["rows: []", ": got no list under `exemptions`; wanted one. Fix: write `exemptions:` and a row for each below it."],
    ["", ": got no list under `exemptions`; wanted one. Fix: write `exemptions:` and a row for each below it."],
    ["exemptions: [x]", `, exemptions[0]: got no object; wanted ${texts}`],
    [`exemptions:\n${rowLines({ owner: "" })}`, `, exemptions[0]: got no text in owner; wanted ${texts}`],
    [`exemptions:\n${rowLines({ until: "x" })}`, `, exemptions[0]: got what nobody reads: until; wanted ${texts}`],
    [`exemptions:\n${rowLines({ path: 3 })}`, `, exemptions[0]: got no text in path; wanted ${texts}`],
  ])("says what is wrong with %j", (text, problem) => {
    expect(readExemptions(text, "shop")).toEqual({ rows: [], problems: [`${home.file}${problem}`] });
  });

  it("keeps its good rows beside a bad one", () => {
    const { rows, problems } = readExemptions(`exemptions:\n${rowLines({ rule: "" })}${rowLines()}`, "shop");
    expect([rows, problems]).toEqual([
      [{ ...row, home }],
      [`${home.file}, exemptions[0]: got no text in rule; wanted ${texts}`],
    ]);
  });
});

describe("the exemptions beside manifests", () => {
  let top = "";
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), "exemptions-"));
  });
  afterEach(() => rmSync(top, { recursive: true }));

  it("come from each folder between the top one and a manifest's, and from no other", () => {
    for (const folder of ["", "shop", "shop/deep", "other", "none"]) {
      mkdirSync(join(top, folder, ".fridayproof"), { recursive: true });
      writeFileSync(join(top, folder, ".fridayproof/exemptions.yaml"), `exemptions:\n${rowLines()}`);
    }
    const { rows } = ownExemptions(join(top), [join(top, "shop/deep/a.yaml"), join(top, "other/b.yaml")]);
    expect(rows.map(({ home: place }) => place?.folder)).toEqual(["", "other/", "shop/", "shop/deep/"]);
    expect(ownExemptions(join(top, "shop"), [join(top, "shop/a.yaml")]).rows.map((one) => one.home?.folder)).toEqual([
      "",
    ]);
  });

  it("are none where no folder has the file", () => {
    expect(ownExemptions(top, [join(top, "a.yaml")])).toEqual({ rows: [], problems: [] });
  });
});
