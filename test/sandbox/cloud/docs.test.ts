/** docs/sandbox-cloud.md says what the code does. `make update` rewrites it. */
import { readFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { parse } from "yaml";
import { renderSchema } from "../../../tools/generate/aws-schema";
import { AWS_TYPES, type AwsType } from "../../../sandbox/cloud/aws/object/entry";
import { schema } from "../../../sandbox/cloud/aws/schema";
import { apiRules } from "../../../sandbox/cloud/kubernetes/api-server";
import { namingRules } from "../../../sandbox/cloud/aws/validation/names";
import { referenceRules } from "../../../sandbox/cloud/aws/validation/references";
import { validationRules } from "../../../sandbox/cloud/aws/validation/table";
import { readTable } from "../../../sandbox/cloud/tables/tables";
import { expectRecorded } from "../../support/recording";
import { Cloud } from "./aws/cloud";

const PAGE = "docs/sandbox-cloud.md";
const HEAD = "| rule | code | of | calls | source |\n|---|---|---|---|---|\n";
const page = readFileSync(PAGE, "utf8");

const short = (type: string): string => type.replace(/^aws:(\w+)\/\w+:/, "$1 ");
const link = (source: string): string => `[source](${source})`;

/** Rows of references are told once for each kind, not for each type that refers to it. */
function referenceLines(): string[] {
  const kinds = readTable<Record<string, { type: string; code: string }>>("aws/validation/kinds.yaml");
  const used = new Set(Object.values(AWS_TYPES).flatMap(({ references = {} }) => Object.values(references)));
  return Object.entries(kinds).map(([name, { type, code }]) => {
    expect(used, `cloud/aws/validation/kinds.yaml: no type refers to ${name}`).toContain(name);
    return `| reference ${name} | ${code} | ${short(type)} | create, update | the referring type's |`;
  });
}

function lines(): string[] {
  const rows = validationRules().filter(({ name: rule }) => !rule.startsWith("reference "));
  const aws = rows.map(({ name: rule, code, types, operations, source }) => {
    const of = types === "all" ? "all" : types.map(short).join(", ");
    return `| ${rule} | ${code} | ${of} | ${operations.join(", ")} | ${link(source)} |`;
  });
  const kubernetes = Object.entries(apiRules()).map(
    ([rule, { code, on, source }]) => `| ${rule} | ${code} | Kubernetes | ${on.join(", ")} | ${link(source)} |`,
  );
  return [...aws, ...referenceLines(), ...kubernetes];
}

it("the page lists every rule", () => {
  expect(page).toContain(HEAD);
  expectRecorded(PAGE, `${page.slice(0, page.indexOf(HEAD))}${HEAD}${lines().join("\n")}\n`);
});

it("what the design asks for is a rule that exists", () => {
  const known = new Set([...validationRules().map(({ name: rule }) => rule.split(" ")[0]), ...Object.keys(apiRules())]);
  const codes = ["Unreachable", "NoKindMatch", "Timeout", "evaluateTargetHealth"];
  const section = /## What the design requires, and where it is[^]*?\n## /.exec(page)?.[0] ?? "";
  const named = [...section.matchAll(/`(\w+)`/g)].map(([, rule = ""]) => rule);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((rule) => !known.has(rule) && !codes.includes(rule))).toEqual([]);
});

const types = AWS_TYPES as Record<string, AwsType>;
const QUEUE = "aws:sqs/queue:Queue";
const resources = schema().resources as Record<string, unknown>;

afterAll(() => {
  delete types[QUEUE];
  delete resources[QUEUE];
});

it("the ten lines that add an AWS type are enough", () => {
  const block = /```yaml title="sandbox[^]*?\n([^]*?)```/.exec(readFileSync("docs/contributing.md", "utf8"))?.[1] ?? "";
  expect(block.trimEnd().split("\n").length).toBeLessThanOrEqual(10);
  Object.assign(types, parse(block));
  Object.assign(resources, (JSON.parse(renderSchema()) as ReturnType<typeof schema>).resources);
  const cloud = new Cloud();
  const queue = cloud.make(QUEUE, "jobs", {});
  expect(queue.id).toMatch(/^https:\/\/sqs\.us-east-1\.amazonaws\.com\/000000000000\/jobs-[0-9a-f]{7}$/);
  expect(queue.outputs).toMatchObject({ url: queue.id, region: "us-east-1" });
  expect(cloud.provider.diff({ ...queue, urn: "" }, queue, { ...queue.inputs, fifoQueue: true }).replaces).toEqual([
    "fifoQueue",
  ]);
  cloud.drop(queue);
  expect(cloud.account.all(QUEUE)).toEqual([]);
  // The table of a process is made once, so the new entry's rows are asked for by themselves.
  const rows = [...namingRules(), ...referenceRules()].filter((row) => row.types.includes(QUEUE));
  const wrong = cloud.seen(QUEUE, { name: "not a name", kmsMasterKeyId: "none" });
  expect(rows.map((row) => `${row.code}: ${row.validate(wrong, "create")}`)).toEqual([
    "InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    "NotFoundException: Key 'none' does not exist",
  ]);
});
