/** What an environment needs outside of its own file is named at once, each with the file to change. */
import { tmpdir } from "node:os";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { ProblemsError } from "../../components/core/checks";
import { readSeed } from "../../sandbox/cloud/aws/object/facts";
import { prerequisiteProblems, type PrerequisiteFacts, missingPrerequisites } from "../../tools/checks/prerequisites";
import { environments } from "../../stacks/environments/environments";
import { foundation as account } from "../../stacks/account/foundation";
import { qa } from "../support/third-region";

// Fixed, so that whoever adds an environment to this repository changes none of these tests.
const foundation = {
  ...account,
  regions: ["us-east-1", "us-west-2"],
  certificates: [{ region: "us-east-1", generation: "1", domains: ["dev.example.com"] }],
};
const withIreland = {
  ...foundation,
  regions: [...foundation.regions, "eu-west-1"],
  certificates: [...foundation.certificates, { region: "eu-west-1", generation: "1", domains: ["qa.example.com"] }],
};
const { regions: seeded } = readSeed();
const objects = [{ type: "aws:route53/zone:Zone", name: "dev.example.com", inputs: { name: "dev.example.com" } }];
const { "eu-west-1": ireland, ...elsewhere } = seeded;
const seed = { regions: elsewhere, objects };
const zone = { type: "aws:route53/zone:Zone", name: "qa.example.com", inputs: { name: "qa.example.com" } };
const whole: PrerequisiteFacts = {
  foundation: withIreland,
  has: () => true,
  seed: { regions: seeded, objects: [...objects, zone] },
  zones: undefined,
  policies: undefined,
  secrets: undefined,
  named: ["fridayproof/qa/on-call", "fridayproof/qa/shop/database"],
};
const none: PrerequisiteFacts = { ...whole, foundation, has: () => false, seed };
const paths = (facts: PrerequisiteFacts) => missingPrerequisites(qa, facts).map(({ path: where }) => where);

describe("the prerequisites of an environment", () => {
  test("that has only its own file are all missing, and all are named in one error", () => {
    expect(new ProblemsError('what environment "qa" needs', missingPrerequisites(qa, none)).message).toBe(
      [
        '6 problems in what environment "qa" needs:',
        '  environments.qa.region: got "eu-west-1"; allowed: us-east-1, us-west-2; fix: Add "eu-west-1" to regions in stacks/account/foundation.ts: states, keys and images are needed there first.',
        '  environments.qa.domain: got "qa.example.com"; allowed: a domain of eu-west-1\'s newest certificate; fix: Add {"region":"eu-west-1","generation":"1","domains":["qa.example.com"]} to certificates in stacks/account/foundation.ts; an older one goes when every environment has moved.',
        "  stacks/sandbox/Pulumi.qa.yaml: got nothing; allowed: the stack's configuration on the sandbox; fix: Copy stacks/sandbox/Pulumi.dev.yaml.",
        "  stacks/policies/qa.json: got nothing; allowed: the policy configuration of the environment; fix: Run make policy-files: without it they check it by their defaults.",
        '  sandbox/cloud/seed.yaml regions: got "eu-west-1"; allowed: us-east-1, us-west-2, us-east-2, eu-central-1, ap-southeast-2; fix: Add the region to regions in sandbox/cloud/seed.yaml, with zones: { eu-west-1a: euw1-az1, eu-west-1b: euw1-az2, eu-west-1c: euw1-az3 } and the other three properties.',
        '  sandbox/cloud/seed.yaml objects: got nothing; allowed: a hosted zone of qa.example.com; fix: Add { type: "aws:route53/zone:Zone", name: qa.example.com, inputs: { name: qa.example.com } } to objects in sandbox/cloud/seed.yaml.',
      ].join("\n"),
    );
  });

  test("are enough", () => {
    expect(missingPrerequisites(qa, whole)).toEqual([]);
    expect(missingPrerequisites(qa, { ...whole, zones: ["qa.example.com"] })).toEqual([]);
  });

  test("include a foundation that was brought up with the environment's row, where one stands", () => {
    const allowing = (...names: string[]) => [
      JSON.stringify({ Resource: names.map((name) => `x:alias/fridayproof-${name}-*`) }),
    ];
    expect(missingPrerequisites(qa, { ...whole, policies: allowing("dev", "qa") })).toEqual([]);
    expect(missingPrerequisites(qa, { ...whole, policies: allowing("dev", "qax") })).toEqual([
      {
        path: "foundation",
        got: "a foundation whose deploy role may not make alias/fridayproof-qa-*",
        allowed: "one that was brought up with qa in stacks/environments",
        fix: "Bring it up first: make up STACK=foundation. It writes IAM, through us-east-1: do it when the row is added.",
      },
    ]);
  });

  test("include an owner of each secret that the environment reads, where a foundation stands, in its own region", () => {
    const secret = (name: string, ...regions: string[]) => ({ name: `fridayproof/qa/${name}`, regions });
    const all = [secret("on-call", "us-east-1", qa.region), secret("shop/database", qa.region)];
    expect(missingPrerequisites(qa, { ...whole, secrets: all })).toEqual([]);
    const elsewhere = [secret("on-call", "us-east-1"), ...all.slice(1)];
    expect(missingPrerequisites(qa, { ...whole, secrets: elsewhere })).toMatchObject([
      { got: ["fridayproof/qa/on-call"] },
    ]);
    expect(missingPrerequisites(qa, { ...whole, secrets: [] })).toEqual([
      {
        path: "secrets without an owner",
        got: ["fridayproof/qa/on-call", "fridayproof/qa/shop/database"],
        allowed: "secrets of the foundation that can be read in eu-west-1",
        fix: "Make them, without a value: make up STACK=foundation. Then write each value (docs/foundation.md).",
      },
    ]);
  });

  const without: readonly (readonly [string, Partial<PrerequisiteFacts>, string])[] = [
    ["the region", { foundation: { ...withIreland, regions: foundation.regions } }, "environments.qa.region"],
    [
      "the certificate",
      { foundation: { ...withIreland, certificates: foundation.certificates } },
      "environments.qa.domain",
    ],
    [
      "the sandbox's configuration",
      { has: (file) => !file.startsWith("stacks/sandbox/") },
      "stacks/sandbox/Pulumi.qa.yaml",
    ],
    ["the policies' configuration", { has: (file) => !file.startsWith("stacks/policies/") }, "stacks/policies/qa.json"],
    ["the seed's region", { seed: { ...whole.seed, regions: seed.regions } }, "sandbox/cloud/seed.yaml regions"],
    [
      "a zone of the seed's region",
      {
        seed: {
          ...whole.seed,
          regions: { "eu-west-1": { ...ireland!, zones: { "eu-west-1a": "euw1-az1", "eu-west-1b": "euw1-az2" } } },
        },
      },
      "sandbox/cloud/seed.yaml regions.eu-west-1.zones",
    ],
    ["the hosted zone", { seed: { ...whole.seed, objects: seed.objects } }, "sandbox/cloud/seed.yaml objects"],
    ["the hosted zone in an account that exists", { zones: ["dev.example.com"] }, "the simulated account"],
  ];
  test.each(without)("without %s are told by that alone", (_what, facts, where) => {
    expect(paths({ ...whole, ...facts })).toEqual([where]);
  });

  test("of an account that is older than the zone's entry are told how to get it", () => {
    expect(missingPrerequisites(qa, { ...whole, zones: [] })[0]?.fix).toBe(
      "The account is older than the zone's entry in sandbox/cloud/seed.yaml. Make what it lacks: npx fridayproof sandbox seed.",
    );
  });

  test.each(environments.map(({ name }) => name))("of %s are there", (name) => {
    const root = path.resolve(__dirname, "..", "..");
    expect(prerequisiteProblems(name, root, path.join(tmpdir(), "fridayproof has no account here"))).toEqual([]);
  });
});
