/** What lies below a path is found, and what cannot be read is a sentence: no crash, no hang. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decoded, findManifests } from "../../../policies/manifests/files";

let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
  writeFileSync(at("a.yaml"), "a");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const found = (path = folder): readonly (readonly string[])[] => {
  const { texts, problems } = findManifests(path);
  return [texts.map(({ file }) => file), problems];
};

describe("a folder", () => {
  it("gives YAML and JSON of any depth, in order, and nothing else", () => {
    mkdirSync(at("b/c"), { recursive: true });
    for (const name of ["b/c/x.JSON", "b/y.yml", "b/notes.txt", "z.json"]) writeFileSync(at(name), "a");
    expect(found()).toEqual([["a.yaml", "b/c/x.JSON", "b/y.yml", "z.json"], []]);
  });

  it("follows links to files and folders, and reads none twice", () => {
    mkdirSync(at("real"));
    writeFileSync(at("real/r.yaml"), "a");
    symlinkSync(at("a.yaml"), at("link.yaml"));
    symlinkSync(at("real"), at("zz"));
    expect(found()).toEqual([
      ["a.yaml", "link.yaml", "real/r.yaml"],
      ["zz: got a link to a folder that is read already; expected files. Fix: remove the link."],
    ]);
  });

  it("tells links to nothing, to themselves and back upwards", () => {
    symlinkSync(at("gone"), at("b.yaml"));
    symlinkSync("loop.yaml", at("loop.yaml"));
    mkdirSync(at("sub"));
    symlinkSync("..", at("sub/up"));
    expect(found()).toEqual([
      ["a.yaml"],
      [
        "b.yaml: got a link to what is not there; expected what can be read. Fix: remove the link, or restore what it names.",
        "loop.yaml: got a link that leads back to itself; expected what can be read. Fix: remove the link.",
        "sub/up: got a link to a folder that is read already; expected files. Fix: remove the link.",
      ],
    ]);
  });

  it("tells a named pipe instead of waiting for it, and bytes that are no text", () => {
    spawnSync("mkfifo", [at("p.yaml")]);
    writeFileSync(at("latin.yaml"), Buffer.from([0x61, 0xe9]));
    expect(found()).toEqual([
      ["a.yaml"],
      [
        "latin.yaml: got bytes that are no UTF-8; expected a text. Fix: save the file as UTF-8.",
        "p.yaml: got a named pipe; expected a file. Fix: remove it.",
      ],
    ]);
    expect(found(at("p.yaml"))).toEqual([
      [],
      ["p.yaml: got a named pipe; expected a file or a folder. Fix: pipe it: fridayproof lint-manifests - < p.yaml."],
    ]);
  });

  it("follows a link to a folder elsewhere", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
    writeFileSync(join(elsewhere, "r.yaml"), "a");
    symlinkSync(elsewhere, at("out"));
    expect(found()).toEqual([["a.yaml", "out/r.yaml"], []]);
    rmSync(elsewhere, { recursive: true });
  });

  it("tells a socket", async () => {
    const server = createServer().listen(at("s.yaml"));
    await once(server, "listening");
    expect(found()).toEqual([["a.yaml"], ["s.yaml: got a socket; expected a file. Fix: remove it."]]);
    server.close();
  });

  it("is named by a dot where it is the one that was asked for", () => {
    writeFileSync(at("kustomization.yaml"), "a");
    expect(findManifests(folder).unrendered).toEqual([{ file: ".", folder, tool: "kustomize" }]);
  });

  it("leaves charts and kustomizations to their tools, with what lies in them", () => {
    mkdirSync(at("chart/templates"), { recursive: true });
    mkdirSync(at("app/overlays/prod"), { recursive: true });
    mkdirSync(at("app/parts"));
    writeFileSync(at("chart/Chart.yaml"), "a");
    writeFileSync(at("chart/templates/x.yaml"), "{{ a }}");
    writeFileSync(at("app/kustomization.yml"), "a");
    writeFileSync(at("app/parts/x.yaml"), "a");
    writeFileSync(at("app/overlays/prod/Kustomization"), "a");
    expect(found()).toEqual([["a.yaml"], []]);
    expect(findManifests(folder).unrendered).toEqual([
      { file: "app", folder: at("app"), tool: "kustomize" },
      { file: "app/overlays/prod", folder: at("app/overlays/prod"), tool: "kustomize" },
      { file: "chart", folder: at("chart"), tool: "helm" },
    ]);
  });
});

describe("a file", () => {
  it("is read whatever it is called", () => {
    writeFileSync(at("manifest"), "a");
    expect(found(at("manifest"))).toEqual([["manifest"], []]);
    expect(found("/dev/null")).toEqual([["null"], []]);
  });
});

describe("bytes", () => {
  it("are a text only as UTF-8", () => {
    expect([
      decoded(Buffer.from("é")),
      decoded(Buffer.from("\uFEFFa")),
      decoded(Buffer.from([0xff, 0xfe, 0x61])),
    ]).toEqual(["é", "a", undefined]);
  });
});
