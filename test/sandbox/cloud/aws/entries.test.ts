/** Entries are data: everything that they name must exist. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderSchema, renderTables } from "../../../../tools/generate/aws-schema";
import { AWS_TYPES } from "../../../../sandbox/cloud/aws/object/entry";
import { COMPUTED_OUTPUTS } from "../../../../sandbox/cloud/aws/object/computed-outputs";
import { schema, type Members } from "../../../../sandbox/cloud/aws/schema";
import type { Value } from "../../../../sandbox/property/values";

const FIELDS = [
  "source",
  "forceNew",
  "forceNewIfRemoved",
  "keptIfRemoved",
  "scope",
  "id",
  "arn",
  "defaults",
  "autoname",
  "outputs",
  "volatile",
  "ordered",
  "references",
  "naming",
  "unique",
  "companions",
  "atLeast",
];

function exists(path: string, members: Members): boolean {
  const [first = "", ...rest] = path.split(".");
  const spec = members[first]?.replace(/[?[\]{}]/g, "");
  if (spec === undefined || rest.length === 0) return spec !== undefined;
  return exists(rest.join("."), schema().types[spec.slice(1)] ?? {});
}

function texts(value: Value | undefined): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

it("schema.json is what the SDK's declarations say (npm run schema writes it)", () => {
  expect(readFileSync("sandbox/cloud/aws/schema.json", "utf8")).toBe(renderSchema());
}, 60_000);

it("tables.json is what the YAML says (npm run schema writes it; a stale one only costs time)", () => {
  expect(readFileSync("sandbox/cloud/tables/tables.json", "utf8")).toBe(renderTables());
});

describe.each(Object.entries(AWS_TYPES))("%s", (type, entry) => {
  const { inputs = {}, outputs = {} } = schema().resources[type] ?? {};

  it("has a schema, a source and only known fields", () => {
    expect(Object.keys(inputs)).not.toEqual([]);
    expect(entry.source).toMatch(/^[a-z0-9]+\/\w+\.go$/);
    expect(Object.keys(entry).filter((field) => !FIELDS.includes(field))).toEqual([]);
  });

  it("names only properties that exist", () => {
    const named = [
      ...entry.forceNew,
      ...(entry.forceNewIfRemoved ?? []),
      ...(entry.keptIfRemoved ?? []),
      ...(entry.ordered ?? []),
      ...Object.keys(entry.references ?? {}),
      ...Object.keys(entry.defaults ?? {}),
      ...Object.keys(entry.atLeast ?? {}),
    ];
    const more = [entry.naming?.property, entry.autoname?.property, ...(entry.unique?.by ?? [])].filter(
      (path) => path !== undefined,
    );
    expect([...named, ...more].filter((path) => !exists(path, inputs))).toEqual([]);
    expect(
      [...Object.keys(entry.outputs ?? {}), ...(entry.volatile ?? [])].filter((path) => outputs[path] === undefined),
    ).toEqual([]);
  });

  it("calls only functions that exist", () => {
    const called = texts({ ...entry } as unknown as Value).flatMap((text) => text.match(/(?<=^=|\{=)\w+/g) ?? []);
    expect(called.filter((name) => COMPUTED_OUTPUTS[name] === undefined)).toEqual([]);
  });
});
