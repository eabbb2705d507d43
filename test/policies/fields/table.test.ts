/** How the tables of fields are read: parts are written out where they are used, and a path stands for many. */
import { describe, expect, it } from "vitest";
import { fieldPattern, fieldRows, fieldTables, isUse, tableOf } from "../../../policies/fields/table";

const about = { group: "example.com", kinds: ["Widget"], source: "widgets v1" };
const table = tableOf({
  ...about,
  rows: [
    { field: "spec.size", may: "shrink it", rules: ["min-replicas"] },
    { field: "spec.color", harmless: "nobody sees it" },
    { field: "spec.metric", part: "metric" },
    { field: "spec.metrics[]", part: "metric" },
  ],
  parts: {
    metric: [
      { field: "name", harmless: "a name" },
      { field: "[].value", harmless: "a value" },
      { field: "{}.label", part: "label" },
    ],
    label: [{ field: "text", harmless: "a text" }],
  },
});

describe("a table of fields", () => {
  it("has rows with their rules, rows without any, and parts by name", () => {
    expect(table).toEqual({
      ...about,
      rows: [
        { field: "spec.size", may: "shrink it", rules: ["min-replicas"] },
        { field: "spec.color", harmless: "nobody sees it", rules: [] },
        { field: "spec.metric", part: "metric" },
        { field: "spec.metrics[]", part: "metric" },
      ],
      parts: [
        {
          name: "metric",
          rows: [
            { field: "name", harmless: "a name", rules: [] },
            { field: "[].value", harmless: "a value", rules: [] },
            { field: "{}.label", part: "label" },
          ],
        },
        { name: "label", rows: [{ field: "text", harmless: "a text", rules: [] }] },
      ],
    });
    expect(table.rows.map(isUse)).toEqual([false, false, true, true]);
    expect(tableOf({ ...about, rows: [] }).parts).toEqual([]);
  });

  it("is written out with the parts at their places", () => {
    expect(fieldRows(table, [table])).toEqual([
      { field: "spec.size", may: "shrink it", rules: ["min-replicas"] },
      { field: "spec.color", harmless: "nobody sees it", rules: [] },
      { field: "spec.metric.name", harmless: "a name", rules: [] },
      { field: "spec.metric[].value", harmless: "a value", rules: [] },
      { field: "spec.metric{}.label.text", harmless: "a text", rules: [] },
      { field: "spec.metrics[].name", harmless: "a name", rules: [] },
      { field: "spec.metrics[][].value", harmless: "a value", rules: [] },
      { field: "spec.metrics[]{}.label.text", harmless: "a text", rules: [] },
    ]);
  });

  it("uses parts of every file, and none that is not there or holds itself", () => {
    const user = tableOf({ ...about, rows: [{ field: "spec", part: "metric" }] });
    expect(fieldRows(user, [user, table]).map(({ field }) => field)).toEqual([
      "spec.name",
      "spec[].value",
      "spec{}.label.text",
    ]);
    expect(() => fieldRows(user, [user])).toThrow('spec: the part "metric" is not declared');
    const circle = tableOf({
      ...about,
      rows: [{ field: "spec", part: "one" }],
      parts: { one: [{ field: "a", part: "two" }], two: [{ field: "b", part: "one" }] },
    });
    expect(() => fieldRows(circle, [circle])).toThrow('b: the part "one" holds itself');
  });

  it("is read from each JSON file of the folder, in their order", () => {
    const tables = fieldTables();
    expect(tables.map(({ kinds }) => kinds[0])).toEqual([
      "AnalysisTemplate",
      "AppProject",
      "ApplicationSet",
      "Application",
      "Experiment",
      "Rollout",
    ]);
    expect(tables.map((one) => fieldRows(one, tables))).toEqual(tables.map((one) => fieldRows(one)));
  });
});

describe("the field of a row", () => {
  it.each([
    ["spec.size", ["spec.size"], ["spec.sizes", "a.spec.size", "specXsize", "spec"]],
    ["spec.list[].name", ["spec.list[].name", "spec.list[12].name"], ["spec.list.name", "spec.list[a].name"]],
    [
      "spec.map{}.name",
      ["spec.map{}.name", "spec.map.one-key.name", 'spec.map["a/b"].name'],
      ["spec.map.name", "spec.map[0].name"],
    ],
    ["spec.size.**", ["spec.size", "spec.size.a.b", "spec.size[0].c", "spec.size{}"], ["spec.sizes", "spec"]],
  ])("%s stands for the paths below it alone", (field, own, others) => {
    const pattern = fieldPattern(field);
    expect(own.filter((path) => !pattern.test(path))).toEqual([]);
    expect(others.filter((path) => pattern.test(path))).toEqual([]);
  });
});
