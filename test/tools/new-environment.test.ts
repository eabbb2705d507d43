/** A new environment is planned from what there is: every file that it needs, or every reason why it cannot be. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { describe, expect, it, test } from "vitest";
import type { NewEnvironmentRequest } from "../../cli/context/hook-types";
import { ProblemsError } from "../../components/core/checks";
import { readSeed } from "../../sandbox/cloud/aws/object/facts";
import { foundationProblems } from "../../stacks/account/check";
import { type Foundation, foundation as account } from "../../stacks/account/foundation";
import { dev } from "../../stacks/environments/dev";
import { environmentProblems } from "../../stacks/environments/environment";
import { environments as committed } from "../../stacks/environments/environments";
import { prod } from "../../stacks/environments/prod";
import { missingPrerequisites } from "../../tools/checks/prerequisites";
import { staging } from "../../stacks/environments/staging";
import { type EnvironmentFacts, planEnvironment, type PlannedEnvironment } from "../../tools/generate/new-environment";
import { foundationConfigText } from "../../tools/generate/policy-config";

const root = path.resolve(__dirname, "../..");
const ZONE = "aws:route53/zone:Zone";

// Fixed, so that whoever adds an environment to this repository changes none of these tests.
const environments = [dev, staging, prod];
const foundation: Foundation = {
  ...account,
  regions: ["us-east-1", "us-west-2"],
  certificates: [
    { region: "us-east-1", generation: "1", domains: ["example.com", "dev.example.com", "staging.example.com"] },
    { region: "us-west-2", generation: "1", domains: ["example.com"] },
  ],
};
const zoneRow = (domain: string): string => `  - { type: "${ZONE}", name: ${domain}, inputs: { name: ${domain} } }\n`;
const sources: Readonly<Record<string, string>> = {
  "stacks/environments/environments.ts":
    'import { prod } from "./prod";\n\nexport const environments: readonly EnvironmentInput[] = [dev, staging, prod];\n',
  "stacks/account/foundation.ts": `export const foundation: Foundation = { regions: ["us-east-1", "us-west-2"], certificates: ${JSON.stringify(foundation.certificates)} };\n`,
  "sandbox/cloud/seed.yaml": `regions: {}\nobjects:\n${environments.map(({ domain }) => zoneRow(domain)).join("")}`,
};
const seed = {
  regions: readSeed().regions,
  objects: environments.map(({ domain }) => ({ type: ZONE, name: domain, inputs: { name: domain } })),
};
const facts: EnvironmentFacts = {
  environments,
  foundation,
  seed,
  root,
  has: (file) => file === "stacks/environments/schema.ts",
  read: (file) => sources[file] ?? readFileSync(path.join(root, file), "utf8"),
};
const qa: NewEnvironmentRequest = { name: "qa", like: "staging", region: "eu-west-1" };
const textOf = ({ files }: PlannedEnvironment, name: string): string =>
  files.find(({ file }) => file === name)?.text ?? `no ${name}`;

/** The message that a request is refused with. */
async function refusal(
  request: Partial<NewEnvironmentRequest>,
  changed: Partial<EnvironmentFacts> = {},
): Promise<string> {
  const choices = { ...qa, ...request };
  const error: unknown = await planEnvironment(choices, { ...facts, ...changed }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemsError)) throw new Error(`${JSON.stringify(choices)} was not refused as it should be`);
  return error.message;
}

describe("the plan of qa, like staging, in eu-west-1", () => {
  it("has the next free block, zones of the region, a domain beside the pattern's and a client of its own", async () => {
    const { environment } = await planEnvironment(qa, facts);
    const { name, region, zones, controlPlaneZones, cidr, domain, sso, pools, role } = environment;
    expect({ name, region, cidr, domain, role }).toEqual({
      name: "qa",
      region: "eu-west-1",
      cidr: "10.40.0.0/16",
      domain: "qa.example.com",
      role: "none",
    });
    expect(zones).toEqual(["euw1-az1", "euw1-az2", "euw1-az3"]);
    expect(controlPlaneZones).toEqual(zones);
    expect(sso?.clientId).toBe("fridayproof-argocd-qa");
    expect(pools).toBe(staging.pools);
  });

  it("writes its file, its rows in the list, the account and the seed, its configuration, policy configuration and pipelines", async () => {
    const plan = await planEnvironment(qa, facts);
    expect(plan.files.map(({ file }) => file)).toEqual([
      "stacks/environments/qa.ts",
      "stacks/environments/environments.ts",
      "stacks/account/foundation.ts",
      "stacks/sandbox/Pulumi.qa.yaml",
      "stacks/policies/qa.json",
      "stacks/policies/foundation.json",
      ".github/workflows/deploy.yml",
      ".github/workflows/drift.yml",
      ".gitlab/fridayproof.gitlab-ci.yml",
      "sandbox/cloud/seed.yaml",
      "sandbox/cloud/tables/tables.json",
    ]);
    expect(textOf(plan, "stacks/environments/environments.ts")).toContain('import { qa } from "./qa";\n');
    expect(textOf(plan, "stacks/environments/environments.ts")).toContain("= [dev, staging, prod, qa];\n");
    const text = textOf(plan, "stacks/account/foundation.ts");
    expect(text).toContain('regions: ["us-east-1", "us-west-2", "eu-west-1"],\n');
    expect(text).toContain('{ region: "eu-west-1", generation: "1", domains: ["qa.example.com"] },\n');
    expect(textOf(plan, "stacks/sandbox/Pulumi.qa.yaml")).toMatch(/^# Configuration of the stack `qa` on the sandbox/);
    expect(textOf(plan, ".github/workflows/deploy.yml")).toContain('"staging", "qa"');
    expect(JSON.parse(textOf(plan, "stacks/policies/qa.json"))).toMatchObject({ "nat-per-az": { single: false } });
    const beside = foundationConfigText([...facts.environments, plan.environment]);
    expect(textOf(plan, "stacks/policies/foundation.json")).toBe(beside);
  });

  it("names its secrets to the foundation's rules, which no replica reads", async () => {
    const { environment } = await planEnvironment(qa, facts);
    expect(JSON.parse(foundationConfigText([...committed, environment]))).toMatchObject({
      "replica-data-keys": { unreplicated: ["secret-dev-*", "secret-staging-*", "secret-qa-*"] },
    });
  });

  it("leaves nothing to be added by hand", async () => {
    const plan = await planEnvironment(qa, facts);
    const { region, domain } = plan.environment;
    const certificates = [...foundation.certificates, { region, generation: "1", domains: [domain] }];
    const known = { ...foundation, regions: [...foundation.regions, region], certificates };
    const { objects } = parse(textOf(plan, "sandbox/cloud/seed.yaml")) as ReturnType<typeof readSeed>;
    const has = (file: string): boolean => plan.files.some((each) => each.file === file);
    const account = { zones: undefined, policies: undefined, secrets: undefined, named: [] };
    const all = { foundation: known, has, seed: { ...seed, objects }, ...account };
    expect(missingPrerequisites(plan.environment, all)).toEqual([]);
  });
});

test.each(environments.map(({ name }) => name))(
  "an environment like %s is right wherever there is room",
  async (like) => {
    for (const region of Object.keys(facts.seed.regions).filter((each) => each !== "us-east-1")) {
      const { environment } = await planEnvironment({ name: "qa", like, region }, facts);
      expect(environmentProblems(environment)).toEqual([]);
      expect(environment.role).toBe("none");
    }
  },
);

test("a certificate of a region that has one is followed by the next generation with one domain more", async () => {
  const plan = await planEnvironment({ ...qa, region: "us-west-2" }, facts);
  const text = textOf(plan, "stacks/account/foundation.ts");
  expect(text).toContain('{ region: "us-west-2", generation: "2", domains: ["example.com", "qa.example.com"] },\n');
  expect(text).toContain('regions: ["us-east-1", "us-west-2"],\n');
  const certificates = [
    ...foundation.certificates,
    { region: "us-west-2", generation: "2", domains: ["example.com", "qa.example.com"] },
  ];
  expect(foundationProblems({ ...foundation, certificates }, [...environments, plan.environment])).toEqual([]);
});

test("what is asked for is taken in place of what would be chosen", async () => {
  const choices = { zones: ["euw1-az3", "euw1-az1"], cidr: "10.99.0.0/16", domain: "look.example.org" };
  const { environment, files } = await planEnvironment({ ...qa, like: "dev", ...choices }, facts);
  expect(environment).toMatchObject({ ...choices, controlPlaneZones: choices.zones });
  // Profile dev: people bring it up.
  expect(files.map(({ file }) => file)).not.toContain(".github/workflows/deploy.yml");
});

describe("refused is", () => {
  const full =
    "up to 10 (https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html); fix: Choose another region. Have the quota raised, or split the environments over two regions or accounts.";
  test.each<[string, Partial<NewEnvironmentRequest>, string]>([
    [
      "a name that is taken",
      { name: "prod" },
      'name: got "prod"; allowed: a name other than foundation, dev, staging, prod; fix: Choose another name.',
    ],
    [
      "the foundation's name",
      { name: "foundation" },
      'name: got "foundation"; allowed: a name other than foundation, dev, staging, prod; fix: Choose another name.',
    ],
    [
      "a name with a capital",
      { name: "Qa" },
      'name: got "Qa"; allowed: 2 to 16 lower-case letters and digits, a letter first; fix: Choose another name.',
    ],
    [
      "a word of the language",
      { name: "new" },
      'name: got "new"; allowed: a name that is no word of TypeScript; fix: Choose another name.',
    ],
    [
      "a name whose file is another",
      { name: "schema" },
      'name: got "schema"; allowed: a name without a file stacks/environments/schema.ts; fix: Choose another name.',
    ],
    [
      "an unknown pattern",
      { like: "prdo" },
      '--like: got "prdo"; allowed: dev, staging, prod; fix: Choose one of them. Did you mean prod?',
    ],
    [
      "an unknown region",
      { region: "eu-wst-1" },
      '--region: got "eu-wst-1"; allowed: us-east-1, us-west-2, us-east-2, eu-west-1, eu-central-1, ap-southeast-2; fix: Choose one of them, or add the region with its zones to regions in sandbox/cloud/seed.yaml. Did you mean eu-west-1?',
    ],
    ["a region without room", { region: "us-east-1" }, `--region us-east-1: got "12 names"; allowed: ${full}`],
    [
      "a zone of another region",
      { like: "dev", zones: ["euw1-az1", "use1-az1"] },
      '--zones: got "use1-az1"; allowed: zones of eu-west-1 in which EKS places a control plane: euw1-az1, euw1-az2, euw1-az3; fix: Name zones by their ids.',
    ],
    [
      "a block that is taken",
      { cidr: "10.30.128.0/17" },
      'qa.cidr: got "10.30.128.0/17"; allowed: a block outside 10.30.0.0/16, which is prod\'s; fix: Choose another /16 of 10.0.0.0/8: networks that overlap can never be joined.',
    ],
    [
      "a domain that is taken",
      { domain: "dev.example.com" },
      'qa.domain: got "dev.example.com"; allowed: a domain other than dev\'s, unless one is the primary and the other its replica; fix: Choose another domain: two environments would write the same records.',
    ],
    [
      "a domain in capitals",
      { domain: "QA.example.com" },
      'domain: got "QA.example.com"; allowed: a domain in lower case, such as example.com; fix: Correct the value in the environment\'s file in stacks/.',
    ],
  ])("%s", async (_what, request, line) => {
    expect(await refusal(request)).toBe(`1 problem in new environment "${request.name ?? "qa"}":\n  ${line}`);
  });

  test("everything at once", async () => {
    expect((await refusal({ name: "Qa", like: "nobody", region: "moon-1" })).split("\n")).toHaveLength(4);
  });

  test("a source that has lost the form that an edit needs", async () => {
    const read = (file: string): string =>
      file.endsWith("foundation.ts") ? "export const foundation = other;\n" : facts.read(file);
    expect(await refusal({}, { read })).toBe(
      '1 problem in new environment:\n  stacks/account/foundation.ts: got "foundation.regions is no list in brackets"; allowed: the form that it has in this repository; fix: Restore it, or add the environment by hand: docs/contributing.md.',
    );
  });
});
