/** The files of an application's folder: one per kind, always the same, and readable as what they were made from. */
import { expect, test } from "vitest";
import { parseAllDocuments, type YAMLSeq } from "yaml";
import { app } from "../../../../components/delivery/app/app";
import { render } from "../../../../components/delivery/app/render";
import { fullest, platform, smallest } from "./spec-fixture";

test("one file per kind, those for one slot in a folder of their own, sorted", () => {
  expect(render(fullest, platform, "apps/cart.ts").map(({ path }) => path)).toEqual([
    "analysistemplate.yaml",
    "destinationrule.yaml",
    "externalsecret.yaml",
    "horizontalpodautoscaler.yaml",
    "networkpolicy.yaml",
    "once/cronjob.yaml",
    "once/job.yaml",
    "poddisruptionbudget.yaml",
    "podmonitor.yaml",
    "rollout.yaml",
    "service.yaml",
    "serviceaccount.yaml",
    "virtualservice.yaml",
  ]);
});

test("read again they are the objects, and each file says where it comes from", () => {
  const files = render(smallest, platform, "apps/shop.ts");
  const read = files.flatMap(({ text }) => parseAllDocuments(text).map((each): unknown => each.toJSON()));
  const { everywhere } = app(smallest, platform);
  expect(read).toHaveLength(everywhere.length);
  for (const each of everywhere) expect(read).toContainEqual(each);
  for (const { text } of files)
    expect(text.split("\n")[0]).toBe("# From apps/shop.ts by `make render`: change it there.");
});

test("texts stay texts for YAML 1.1, which Kubernetes reads, and for 1.2", () => {
  const words = [
    "yes",
    "on",
    "n",
    "No",
    "~",
    "1:30",
    "0o17",
    "017",
    "1_000",
    "2026-11-30",
    ".5",
    "1e3",
    "=",
    "",
    "{{x}}",
    "a: b",
    "a\nb",
  ];
  const env = Object.fromEntries(words.map((word, index) => [`WORD_${index}`, word]));
  const rollout = render({ ...smallest, env }, platform, "apps/shop.ts").find(({ path }) => path === "rollout.yaml");
  for (const version of ["1.1", "1.2"] as const) {
    const [document] = parseAllDocuments(rollout?.text ?? "", { version });
    const read = (
      document?.getIn(["spec", "template", "spec", "containers", 0, "env"], true) as YAMLSeq
    ).toJSON() as unknown;
    expect(read).toEqual(Object.entries(env).map(([name, value]) => ({ name, value })));
  }
});

test("the same spec gives the same text", () => {
  expect(render(fullest, platform, "apps/cart.ts")).toEqual(render(fullest, platform, "apps/cart.ts"));
});
