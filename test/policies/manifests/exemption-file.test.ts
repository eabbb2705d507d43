/** An application's own exemptions: the file, its rows, and what they cover. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownExemptions, readExemptions, withExemption } from "../../../policies/manifests/exemption-file";
import { lintManifests, lintPaths } from "../../../policies/manifests/lint";
import { now } from "../support/rule";

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
        { ...row, ...home },
        { ...row, path: "spec.template.spec.hostNetwork", ...home },
      ],
      problems: [],
    });
    expect(readExemptions(`exemptions:\n${rowLines()}`, "").rows[0]).toEqual({
      ...row,
      file: ".fridayproof/exemptions.yaml",
      folder: "",
    });
  });

  const texts = "the texts rule, resource, reason, owner, expires, and path if need be. Fix: complete it.";
  it.each([
    [
      "a: b: c",
      ": got no YAML (Nested mappings are not allowed in compact mappings at line 1, column 4); expected a list under `exemptions`. Fix: correct it there.",
    ],
    [
      "rows: []",
      ": got no list under `exemptions`; expected one. Fix: write `exemptions:` and a row for each below it.",
    ],
    ["", ": got no list under `exemptions`; expected one. Fix: write `exemptions:` and a row for each below it."],
    ["exemptions: [x]", `, exemptions[0]: got no object; expected ${texts}`],
    [`exemptions:\n${rowLines({ owner: "" })}`, `, exemptions[0]: got no text in owner; expected ${texts}`],
    [`exemptions:\n${rowLines({ until: "x" })}`, `, exemptions[0]: got unknown members: until; expected ${texts}`],
    [`exemptions:\n${rowLines({ path: 3 })}`, `, exemptions[0]: got no text in path; expected ${texts}`],
  ])("says what is wrong with %j", (text, problem) => {
    expect(readExemptions(text, "shop")).toEqual({ rows: [], problems: [`${home.file}${problem}`] });
  });

  it("keeps its good rows beside a bad one", () => {
    const { rows, problems } = readExemptions(`exemptions:\n${rowLines({ rule: "" })}${rowLines()}`, "shop");
    expect([rows, problems]).toEqual([
      [{ ...row, ...home }],
      [`${home.file}, exemptions[0]: got no text in rule; expected ${texts}`],
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
    expect(rows.map((one) => one.folder)).toEqual(["", "other/", "shop/", "shop/deep/"]);
    expect(ownExemptions(join(top, "shop"), [join(top, "shop/a.yaml")]).rows.map((one) => one.folder)).toEqual([""]);
  });

  it("are none where no folder has the file", () => {
    expect(ownExemptions(top, [join(top, "a.yaml")])).toEqual({ rows: [], problems: [] });
  });
});

describe("writing a row", () => {
  it("makes the file's text, or adds to it and keeps what stands there", () => {
    const first = withExemption(undefined, row);
    expect(readExemptions(first, "").rows).toEqual([{ ...row, file: ".fridayproof/exemptions.yaml", folder: "" }]);
    const text = `# ours\n${first}`;
    const second = withExemption(text, { ...row, rule: "image-digest", path: "spec" });
    expect(second.startsWith(text)).toBe(true);
    expect(readExemptions(second, "").rows.map(({ rule }) => rule)).toEqual(["pod-restricted", "image-digest"]);
  });

  it.each(["a: b: c", "rows: []", "exemptions: none"])("refuses %j, which is no list of exemptions", (text) => {
    expect(() => withExemption(text, row)).toThrow(
      "there is no list under `exemptions`: write `exemptions: []`, or remove the file",
    );
  });
});

describe("a folder with exemptions of its own", () => {
  let top = "";
  const pod = (name: string, annotations = "{}"): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop, annotations: ${annotations} }\n` +
    "spec: { hostPID: true, hostNetwork: true, containers: [] }\n";
  const write = (name: string, text: string): void => {
    mkdirSync(join(top, name, ".."), { recursive: true });
    writeFileSync(join(top, name), text);
  };
  const about = (rule: string, ...paths: readonly string[]): readonly string[] =>
    lintPaths(paths, { now, exemptions: [] })
      .findings.filter((finding) => finding.rule === rule)
      .map(({ file, message }) => `${file} ${/spec\.\w+/.exec(message)?.[0] ?? ""}`);
  const own = (more: Readonly<Record<string, unknown>> = {}): string =>
    `exemptions:\n${rowLines({ resource: "kubernetes:core/v1:Pod::shop/agent", ...more })}`;
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), "own-"));
    write("shop/agent.yaml", pod("agent"));
    write("other/agent.yaml", pod("agent"));
  });
  afterEach(() => rmSync(top, { recursive: true }));

  it("excuses what lies beside the file, as far as its path goes, and says so", () => {
    write("shop/.fridayproof/exemptions.yaml", own({ path: "spec.hostPID" }));
    expect(about("pod-restricted", top).filter((one) => one.includes("spec.host"))).toEqual(
      ["other/agent.yaml spec.hostNetwork", "other/agent.yaml spec.hostPID", "shop/agent.yaml spec.hostNetwork"].sort(
        (one, other) => one.localeCompare(other),
      ),
    );
    const { used, problems } = lintManifests(top, { now, exemptions: [] });
    expect(problems).toEqual([]);
    expect(used.map(({ rule, resource }) => [rule, resource])).toEqual([
      ["pod-restricted", "kubernetes:core/v1:Pod::shop/agent"],
    ]);
  });

  it("is told of a rule or an object that does not exist, and of a row that nobody needs", () => {
    write("shop/.fridayproof/exemptions.yaml", own({ rule: "pod-restrict" }));
    expect(lintManifests(top, { now }).problems).toEqual([
      'shop/.fridayproof/exemptions.yaml, rule "pod-restrict": got a rule that does not exist; expected the id of a rule. ' +
        "Fix: take it from `fridayproof policies`.",
    ]);
    write("shop/.fridayproof/exemptions.yaml", own({ resource: "kubernetes:core/v1:Pod::shop/agnet" }));
    expect(lintManifests(top, { now }).problems).toEqual([
      'pod-restricted.exemptions["kubernetes:core/v1:Pod::shop/agnet"]: got an exemption that matches no resource here; ' +
        "expected only exemptions that are needed. Fix: remove the row from shop/.fridayproof/exemptions.yaml.",
    ]);
  });

  it("is judged alone: beside other paths its names would not be its own", () => {
    write("shop/.fridayproof/exemptions.yaml", own());
    const { problems, used } = lintPaths([join(top, "shop"), join(top, "other")], { now, exemptions: [] });
    expect(used).toEqual([]);
    expect(problems).toEqual([
      `${join(top, "shop/.fridayproof/exemptions.yaml")}: got a folder with exemptions beside other paths; ` +
        "expected that folder alone. Fix: check it in a run of its own.",
    ]);
  });

  it("may use an annotation instead, whose faults are told at the object", () => {
    const key = "exempt.fridayproof.dev/pod-restricted";
    write("shop/agent.yaml", pod("agent", `{ ${key}: "2027-01-31 shop-team: it measures the node" }`));
    expect(about("pod-restricted", join(top, "shop"))).toEqual([]);
    write("shop/agent.yaml", pod("agent", `{ ${key}: "for now" }`));
    expect(lintManifests(join(top, "shop"), { now }).problems).toEqual([
      'agent.yaml#0: agent (kubernetes:core/v1:Pod, namespace \"shop\"), metadata.annotations["exempt.fridayproof.dev/pod-restricted"]: ' +
        "got an invalid exemption (expires must be a day, YYYY-MM-DD); expected a valid one. " +
        'Fix: write it as "<YYYY-MM-DD> <owner>: <reason>".',
    ]);
  });

  it("is told of settings of a rule that does not exist, and of idle platform rows where everything is here", () => {
    expect(lintManifests(top, { now, exemptions: [], config: { "min-replica": {} } }).problems).toEqual([
      'configuration of "min-replica": got a rule that does not exist; expected the id of a rule. ' +
        "Fix: take it from `fridayproof policies`.",
    ]);
    const idle = { ...row, resource: "kubernetes:core/v1:Pod::shop/gone" };
    expect(lintManifests(top, { now, exemptions: [idle] }).problems).toEqual([]);
    expect(lintManifests(top, { now, exemptions: [idle], extent: "whole" }).problems).toEqual([
      'pod-restricted.exemptions["kubernetes:core/v1:Pod::shop/gone"]: got an exemption that matches no resource here; ' +
        "expected only exemptions that are needed. Fix: remove the row from the configuration of pod-restricted.",
    ]);
  });
});
