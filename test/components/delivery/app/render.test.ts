/** The files of an application's folder: one per kind, always the same, and readable as what they were made from. */
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
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

test("the same spec gives the same text", () => {
  expect(render(fullest, platform, "apps/cart.ts")).toEqual(render(fullest, platform, "apps/cart.ts"));
});
