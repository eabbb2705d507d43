/** Loading and merging of chart values, and what must hold for every values file of the platform. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { chartValues, mergeValues } from "../../../components/charts/chart-values";

const components = path.join(__dirname, "../../../components");
const folders = fs.readdirSync(components).map((folder) => path.join(components, folder, "values"));
const yamlFiles = folders
  .flatMap((folder) => [folder, path.join(folder, "dev")])
  .filter((folder) => fs.existsSync(folder))
  .flatMap((folder) => fs.readdirSync(folder).map((file) => path.join(folder, file)))
  .filter((file) => file.endsWith(".yaml"));

describe("merging", () => {
  test("maps are merged key by key, lists and single values replaced", () => {
    const base = { replicas: 3, pdb: { enabled: true, maxUnavailable: 1 }, zones: ["a", "b"] };
    expect(mergeValues(base, { replicas: 1, pdb: { enabled: false }, zones: ["c"], extra: { on: true } })).toEqual({
      replicas: 1,
      pdb: { enabled: false, maxUnavailable: 1 },
      zones: ["c"],
      extra: { on: true },
    });
  });

  test("an output is a value, not a map to look into", () => {
    const vpcId = pulumi.output("vpc-1");
    expect(mergeValues({ vpcId: "placeholder" }, { vpcId })["vpcId"]).toBe(vpcId);
  });

  test("null is refused, because nothing would be unset by it", () => {
    expect(() => mergeValues({ pdb: { minAvailable: 1 } }, { pdb: { minAvailable: null } })).toThrow(
      "1 problem in chart values:\n  pdb.minAvailable: got null; allowed: a value; fix: Nothing is unset by a merge: write what the chart treats as off.",
    );
  });

  test("a single value in the place of a map is refused", () => {
    expect(() => mergeValues({ redis: { enabled: true } }, { redis: false })).toThrow(
      "1 problem in chart values:\n  redis: got false; allowed: a map, as below it; fix: Use the same shape.",
    );
  });

  const trees = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
    tree: fc.dictionary(fc.constantFrom("a", "b", "c"), fc.oneof({ depthSize: "small" }, fc.nat(), tie("tree")), {
      maxKeys: 3,
    }) as fc.Arbitrary<Record<string, unknown>>,
  })).tree;

  test("nothing over a tree, or the tree over nothing, is the tree", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(mergeValues(tree, {})).toEqual(tree);
        expect(mergeValues({}, tree)).toEqual(tree);
        expect(mergeValues(tree, tree)).toEqual(tree);
      }),
    );
  });

  test("neither side is changed", () => {
    fc.assert(
      fc.property(trees, trees, (base, delta) => {
        const before = structuredClone([base, delta]);
        try {
          mergeValues(base, delta);
        } catch {
          // Shapes that do not fit are refused; what matters here is that nothing was touched.
        }
        expect([base, delta]).toEqual(before);
      }),
    );
  });
});

describe("loading", () => {
  let folder = "";
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "values-"));
    fs.mkdirSync(path.join(folder, "dev"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  test("production reads the file alone, dev merges its delta over it", () => {
    fs.writeFileSync(path.join(folder, "shop.yaml"), "replicas: 3\npdb: {enabled: true}\n");
    fs.writeFileSync(path.join(folder, "dev", "shop.yaml"), "replicas: 1\n");
    expect(chartValues(folder, "shop", "production")).toEqual({ replicas: 3, pdb: { enabled: true } });
    expect(chartValues(folder, "shop", "dev")).toEqual({ replicas: 1, pdb: { enabled: true } });
  });

  test("dev without a delta is production", () => {
    fs.writeFileSync(path.join(folder, "shop.yaml"), "replicas: 3\n");
    expect(chartValues(folder, "shop", "dev")).toEqual({ replicas: 3 });
  });

  test("a file that is missing, broken or no map is named", () => {
    expect(() => chartValues(folder, "shop", "dev")).toThrow(`${folder}/shop.yaml: cannot be read as YAML: ENOENT`);
    fs.writeFileSync(path.join(folder, "shop.yaml"), "replicas: [1\n");
    expect(() => chartValues(folder, "shop", "dev")).toThrow(`${folder}/shop.yaml: cannot be read as YAML: `);
    fs.writeFileSync(path.join(folder, "shop.yaml"), "- replicas\n");
    expect(() => chartValues(folder, "shop", "dev")).toThrow(
      `${folder}/shop.yaml: got a list, allowed: a map of Helm values`,
    );
  });

  test("a delta that does not fit names its file and the key", () => {
    fs.writeFileSync(path.join(folder, "shop.yaml"), "pdb: {enabled: true}\n");
    fs.writeFileSync(path.join(folder, "dev", "shop.yaml"), "pdb: off\n");
    expect(() => chartValues(folder, "shop", "dev")).toThrow(
      `1 problem in ${folder}/dev/shop.yaml:\n  pdb: got "off"; allowed: a map, as below it; fix: Use the same shape.`,
    );
  });
});

describe.each(yamlFiles.map((file) => ({ file, name: path.relative(components, file) })))("$name", ({ file }) => {
  const text = fs.readFileSync(file, "utf8");

  test("means the same to Helm, which reads on, off, yes and no as YAML 1.1 does", () => {
    expect(parse(text, { version: "1.1" })).toEqual(parse(text));
  });

  test("fits over its production file, and that file exists", () => {
    const chart = path.basename(file, ".yaml");
    const folder = path.dirname(file).replace(/\/dev$/, "");
    expect(() => chartValues(folder, chart, "dev")).not.toThrow();
  });
});
