/** What `npm run pack` makes of manifests and imports, and what it refuses to pack. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageProblems } from "../../tools/pack/check";
import { withOwnCore } from "../../tools/pack/core";
import { jsonShape, withJsonShapes } from "../../tools/pack/json-types";
import { entriesOf, publishedManifest, scriptsOf } from "../../tools/pack/manifest";
import { reachable, targetOf } from "../../tools/pack/sources";

const HOUSE = {
  name: "@fridayproof/x",
  version: "1.2.3",
  private: true,
  scripts: { test: "x" },
  main: "dist/index.js",
  bin: { x: "bin.cjs" },
  exports: {
    ".": "./index.ts",
    "./pack": "./dist/index.js",
    "./network": "./network/index.ts",
    "./runtime/loader.cjs": "./runtime/loader.cjs",
    "./package.json": "./package.json",
  },
  peerDependencies: { "@pulumi/aws": "^7.25.0" },
  peerDependenciesMeta: { "@pulumi/aws": { optional: true } },
  dependencies: { yaml: "2.9.1" },
  devDependencies: { "@fridayproof/components": "1.2.3" },
};

describe("the published manifest", () => {
  it("names JavaScript and declarations where the house's names sources, and says nothing that only the house needs", () => {
    expect(publishedManifest(HOUSE)).toEqual({
      name: "@fridayproof/x",
      version: "1.2.3",
      type: "commonjs",
      main: "dist/index.js",
      bin: { x: "bin.cjs" },
      exports: {
        ".": { types: "./index.d.ts", default: "./index.js" },
        "./pack": { types: "./dist/index.d.ts", default: "./dist/index.js" },
        "./network": { types: "./network/index.d.ts", default: "./network/index.js" },
        "./runtime/loader.cjs": { types: "./runtime/loader.d.cts", default: "./runtime/loader.cjs" },
        "./package.json": "./package.json",
      },
      peerDependencies: { "@pulumi/aws": "^7.25.0" },
      peerDependenciesMeta: { "@pulumi/aws": { optional: true } },
      dependencies: { yaml: "2.9.1" },
    });
  });

  it("puts types first: a compiler takes the first condition that it knows", () => {
    const { exports } = publishedManifest(HOUSE);
    expect(Object.keys(exports?.["."] ?? {})).toEqual(["types", "default"]);
  });

  it("is reached by its exports and commands; what the set-up compiles is no source", () => {
    expect(entriesOf(HOUSE)).toEqual(["index.ts", "network/index.ts", "runtime/loader.cjs", "package.json", "bin.cjs"]);
  });

  it("has declarations for what it exports as JavaScript, though they declare nothing", () => {
    expect(scriptsOf(HOUSE)).toEqual(["dist/index.js", "runtime/loader.cjs"]);
  });
});

describe("core in another package", () => {
  it.each([
    ["run.js", 'require("@fridayproof/components/core")', 'require("./vendor/core")'],
    ["a/b/c.js", 'require("@fridayproof/components/core/limits")', 'require("../../vendor/core/limits")'],
    ["a/b.d.ts", "import('@fridayproof/components/core').Cidr", "import('../vendor/core').Cidr"],
    ["run.js", 'require("@fridayproof/components/network")', 'require("@fridayproof/components/network")'],
    ["run.js", 'require("@fridayproof/components/core-x")', 'require("@fridayproof/components/core-x")'],
  ])("%s: %s becomes %s", (file, text, expected) => {
    expect(withOwnCore(file, text)).toBe(expected);
  });
});

describe("JSON that code imports", () => {
  it("has its shape in declarations of its own, because another compiler may not resolve JSON", () => {
    expect(
      jsonShape("core/types.json", '{ "a.b": { "n": 1, "ok": true }, "list": ["x", 2, "y"], "none": [], "nil": null }'),
    ).toEqual([
      "core/types-json.d.ts",
      '/** The shape of types.json. */\ndeclare const content: { "a.b": { "n": number; "ok": boolean; }; ' +
        '"list": (string | number)[]; "none": (never)[]; "nil": null; };\nexport default content;\n',
    ]);
    expect(withJsonShapes('import file from "./types.json";\nimport a from "@x/y.json";')).toBe(
      'import file from "./types-json";\nimport a from "@x/y.json";',
    );
  });
});

describe("sources", () => {
  const known = new Set(["sandbox/errors.ts", "sandbox/core/errors.ts", "components/core/index.ts", "cli/bin.cjs"]);

  it.each([
    ["sandbox/errors.ts", "./core/errors", "sandbox/core/errors.ts"],
    ["sandbox/errors.ts", "@fridayproof/components/core", "components/core/index.ts"],
    ["sandbox/errors.ts", "../cli/bin.cjs", "cli/bin.cjs"],
    ["sandbox/errors.ts", "yaml", undefined],
    ["sandbox/errors.ts", "@fridayproofs/core", undefined],
  ])("%s imports %s from %s", (file, specifier, expected) => {
    expect(targetOf(file, specifier, known)).toBe(expected);
  });

  it("that git does not have are refused by name", () => {
    expect(() => targetOf("sandbox/errors.ts", "./new", known)).toThrow(
      'sandbox/errors.ts imports "./new", and git has no such file: add it, or take the import out.',
    );
  });

  it("are shipped where something reaches them", () => {
    expect(reachable(["sandbox/errors.ts"], known, new Map())).toEqual(["sandbox/core/errors.ts", "sandbox/errors.ts"]);
  });

  it("that only declarations name are shipped too", () => {
    const declarations = new Map([["sandbox/core/errors.ts", 'export declare const a: import("./codes.json").A;']]);
    expect(reachable(["sandbox/errors.ts"], new Set([...known, "sandbox/core/codes.json"]), declarations)).toEqual([
      "sandbox/core/codes.json",
      "sandbox/core/errors.ts",
      "sandbox/errors.ts",
    ]);
  });
});

describe("a staged package", () => {
  function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
    const folder = mkdtempSync(path.join(tmpdir(), "packed-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    return packageProblems(folder);
  }
  const manifest = JSON.stringify({
    name: "x",
    version: "1.0.0",
    exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
    dependencies: { yaml: "2.9.1" },
    peerDependencies: { "@pulumi/pulumi": "^3.142.0" },
  });
  const fine = {
    "package.json": manifest,
    "index.d.ts": 'export * from "./a";\n',
    "a/index.d.ts": 'import type { Output } from "@pulumi/pulumi";\nexport declare const a: Output<string>;\n',
    "index.js": 'require("./a");\nrequire("node:fs");\nrequire("fs");\nrequire("yaml/util");\nrequire("./a.json");\n',
    "a/index.js": 'require("@pulumi/pulumi");\nrequire("x/index");\n',
    "a.json": "{}",
  };

  it("that has all it names is fine", () => {
    expect(problemsOf(fine)).toEqual([]);
  });

  it.each([
    ["index.d.ts", undefined, "the manifest names ./index.d.ts, which is not in the package"],
    ["index.js", 'require("esbuild");', "index.js imports esbuild, and the manifest names no esbuild"],
    ["index.js", 'require("@a/b/c");', "index.js imports @a/b/c, and the manifest names no @a/b"],
    ["index.js", 'require("./nothing");', "index.js imports ./nothing, which is not in the package"],
    ["index.js", 'require("./index.ts");', "index.js imports ./index.ts, which is not in the package"],
    ["a/index.d.ts", 'export * from "../../b";', "a/index.d.ts imports ../../b, which is not in the package"],
    ["a/index.d.ts", 'export * from "../a.json";', "a/index.d.ts imports ../a.json, which is not in the package"],
  ])("is refused for %s with %s", (file, text, problem) => {
    const { [file as keyof typeof fine]: _old, ...rest } = fine;
    expect(problemsOf(text === undefined ? rest : { ...rest, [file]: text })).toEqual([problem]);
  });
});
