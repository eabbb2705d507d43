/** Every row of the refusal table refuses, with AWS's code and the whole sentence; what passes is said too. */
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AWS_TYPES } from "../../../../../sandbox/cloud/aws/object/entry";
import { loadFacts } from "../../../../../sandbox/cloud/aws/object/facts";
import { CHECKS, validationRules } from "../../../../../sandbox/cloud/aws/validation/table";
import type { Operation, ValidationRule } from "../../../../../sandbox/cloud/aws/validation/rule";
import type { PropertyMap, Value } from "../../../../../sandbox/property/values";
import { expectRecorded } from "../../../../support/recording";
import { Cloud, errorOf, object } from "../cloud";
import { clusters } from "./cases/clusters";
import { databaseEnds } from "./cases/database-ends";
import { databases } from "./cases/databases";
import { deletions } from "./cases/deletion";
import { featureFlags } from "./cases/flags";
import { loadBalancers } from "./cases/load-balancers";
import { referencesAndNames } from "./cases/names";
import { networks } from "./cases/networks";
import { nodes } from "./cases/nodes";

const RULES = validationRules();

/** Rows that a test has seen refusing. */
const seen = new Set<ValidationRule>();
const originals = RULES.map((rule) => rule.validate);

beforeAll(() => {
  for (const rule of RULES) {
    const validate = rule.validate.bind(rule);
    rule.validate = (made, operation: Operation) => {
      const message = validate(made, operation);
      if (message !== undefined) seen.add(rule);
      return message;
    };
  }
});

afterAll(() => RULES.forEach((rule, index) => (rule.validate = originals[index] ?? rule.validate)));

/** Inputs with one value at a path. */
function at(path: string, value: Value): PropertyMap {
  const [first = "", ...rest] = path.split(".");
  return { [first]: rest.length === 0 ? value : at(rest.join("."), value) };
}

/** A reference that each kind takes for one to this account. */
const NOWHERE: Readonly<Record<string, string>> = {
  gateway: "igw-0",
  roleArn: "arn:aws:iam::000000000000:role/none",
  principalArn: "arn:aws:iam::000000000000:role/none",
  policyArn: "arn:aws:iam::000000000000:policy/none",
  keyArn: "arn:aws:kms:us-east-1:000000000000:key/none",
  logDestination: "arn:aws:logs:us-east-1:000000000000:log-group:none",
  topicArn: "arn:aws:sns:us-east-1:000000000000:none",
  vaultArn: "arn:aws:backup:us-east-1:000000000000:backup-vault:none",
  alarmArn: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:none",
  alarmRole: "arn:aws:iam::000000000000:role/none",
};

describe("rows that come from entries and tables", () => {
  const said = (rule: ValidationRule, message: string | undefined): string =>
    `${String(rule.types)} ${rule.name} => ${rule.code}: ${message ?? "NOT REFUSED"}`;

  function missingReference(rule: ValidationRule): string {
    const [type = ""] = rule.types;
    const path = rule.name.replace("reference ", "");
    const made = new Cloud().seen(type, at(path, NOWHERE[AWS_TYPES[type]?.references?.[path] ?? ""] ?? "nowhere"));
    return said(rule, rule.validate(made, "create"));
  }

  function badName(rule: ValidationRule): string {
    const [type = ""] = rule.types;
    const { property = "name", pattern = "", max = 0 } = AWS_TYPES[type]?.naming ?? {};
    const odd = "not a name?";
    // Some services take every character, and then only so many.
    const name = new RegExp(pattern).test(odd) ? "x".repeat(max + 1) : odd;
    const made = new Cloud().seen(type, { [property]: name });
    return said(rule, rule.validate(made, "create"));
  }

  function takenName(rule: ValidationRule): string {
    const [type = ""] = rule.types;
    const inputs = Object.fromEntries(
      (AWS_TYPES[type]?.unique?.by ?? []).map((property) => [property, `the-${property}`]),
    );
    const cloud = new Cloud();
    cloud.account.put(object(type, "holder", inputs));
    return said(rule, rule.validate(cloud.seen(type, inputs), "create"));
  }

  function overQuota(rule: ValidationRule): string {
    const [type = ""] = rule.types;
    const facts = loadFacts();
    const name = rule.name.replace("quota ", "");
    const quota = { ...facts.quotas[name], default: 1, raised: 1 } as (typeof facts.quotas)[string];
    const cloud = new Cloud("us-east-1", { ...facts, quotas: { [name]: quota } });
    const inputs = { ...quota.where, ...(quota.measure === undefined ? {} : at(quota.measure, 2)) };
    cloud.account.put(object(type, "first", inputs));
    return said(rule, rule.validate(cloud.seen(type, inputs), "create"));
  }

  it.each([
    ["reference ", missingReference],
    ["naming", badName],
    ["unique", takenName],
    ["quota ", overQuota],
  ])("%s: each refuses with its code and whole message", (prefix, provoke) => {
    const rules = RULES.filter((rule) => rule.name.startsWith(prefix));
    const lines = rules.map(provoke).sort();
    expect(lines.filter((line) => line.endsWith("NOT REFUSED"))).toEqual([]);
    expectRecorded(path.join(__dirname, "goldens", `${prefix.trim()}.txt`), `${lines.join("\n")}\n`);
  });

  it("gives every function a row: one without would judge nothing", () => {
    expect(Object.keys(CHECKS).filter((name) => RULES.every(({ name: rule }) => rule !== name))).toEqual([]);
  });

  it("has a page of AWS for every row, and no two rows of one name for a type", () => {
    expect(
      RULES.filter(({ source }) => !source.startsWith("https://docs.aws.amazon.com/")).map(
        ({ name: rule, types }) => `${String(types)} ${rule}`,
      ),
    ).toEqual([]);
    const names = RULES.map(({ name: rule, types }) => `${String(types)} ${rule}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

referencesAndNames();
networks();
nodes();
loadBalancers();
clusters();
databases();
databaseEnds();
deletions();
featureFlags();

it("quotas: a region in which they were raised holds what one at AWS's defaults refuses", () => {
  const many = (region: string) => {
    const cloud = new Cloud(region, { ...loadFacts(), quotaLevels: { "us-west-2": "default" } });
    return errorOf(() =>
      [0, 1, 2, 3, 4, 5].forEach((at) => cloud.make("aws:ec2/vpc:Vpc", `v${at}`, { cidrBlock: `10.${at}.0.0/16` })),
    );
  };
  expect([many("us-east-1"), many("us-west-2")]).toEqual([
    "not refused",
    "VpcLimitExceeded: The maximum number of VPCs has been reached.",
  ]);
});

it("every row was seen refusing", () => {
  expect(RULES.filter((rule) => !seen.has(rule)).map(({ name: rule, types }) => `${String(types)} ${rule}`)).toEqual(
    [],
  );
});
