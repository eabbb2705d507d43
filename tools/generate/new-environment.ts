/** A new environment after the pattern of one that there is: every file that it needs, planned as texts before anything is written. */
import {
  didYouMean,
  overlaps,
  parseCidr,
  type Problem,
  ProblemsError,
  throwProblems,
} from "@fridayproof/components/core";
import * as path from "node:path";
import ts from "typescript";
import { format, resolveConfig } from "prettier";
import type { NewEnvironmentRequest, PlannedFile } from "../../cli/context/hook-types";
import type { Seed } from "../../sandbox/cloud/aws/object/facts";
import { foundationProblems } from "../../stacks/account/check";
import type { Foundation } from "../../stacks/account/foundation";
import { environmentProblems } from "../../stacks/environments/environment";
import { togetherProblems } from "../../stacks/environments/environments";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { renderTables } from "./aws-schema";
import { type Choices, environmentText, inputOf } from "./environment-file";
import { pipelineFiles, withStack } from "./pipeline-stacks";
import { foundationConfigText, policyConfigFile } from "./policy-config";
import { appended, imported, withRow } from "./source-edits";

/** What there is already. */
export interface EnvironmentFacts {
  readonly environments: readonly EnvironmentInput[];
  readonly foundation: Foundation;
  readonly seed: Pick<Seed, "regions" | "objects">;
  /** Folder of Pulumi.yaml, for the house's format. */
  readonly root: string;
  readonly has: (file: string) => boolean;
  readonly read: (file: string) => string;
}

/** The environment, and the files that make it one. */
export interface PlannedEnvironment {
  readonly environment: EnvironmentInput;
  readonly files: readonly PlannedFile[];
}

const SEED = "sandbox/cloud/seed.yaml";
const LIST = "stacks/environments/environments.ts";
const ACCOUNT = "stacks/account/foundation.ts";
const ZONE = "aws:route53/zone:Zone";
/** Blocks of environments lie this far apart, so that one may grow. */
const BLOCK_STEP = 10;
const BLOCKS = 256;

const ownFile = (name: string): string => `stacks/environments/${name}.ts`;

/** A word of the language cannot be the name of the constant that holds the environment. */
function isReserved(name: string): boolean {
  const kind = ts.identifierToKeywordKind(ts.factory.createIdentifier(name));
  return kind !== undefined && (kind <= ts.SyntaxKind.LastFutureReservedWord || kind === ts.SyntaxKind.AwaitKeyword);
}

function nameProblems({ name }: NewEnvironmentRequest, { environments, has }: EnvironmentFacts): Problem[] {
  const taken = ["foundation", ...environments.map((each) => each.name)];
  const problem = (allowed: string): Problem[] => [{ path: "name", got: name, allowed, fix: "Choose another name." }];
  if (!/^[a-z][a-z0-9]{1,15}$/.test(name)) return problem("2 to 16 lower-case letters and digits, a letter first");
  if (taken.includes(name)) return problem(`a name other than ${taken.join(", ")}`);
  if (isReserved(name)) return problem("a name that is no word of TypeScript");
  return has(ownFile(name)) ? problem(`a name without a file ${ownFile(name)}`) : [];
}

/** Zones in which nodes and control plane may stand. */
function zonesOf({ seed }: EnvironmentFacts, region: string): readonly string[] {
  const { zones = {}, unsupportedZones = [] } = seed.regions[region] ?? {};
  return Object.values(zones)
    .filter((zone) => !unsupportedZones.includes(zone))
    .sort();
}

function locationProblems({ zones = [] }: NewEnvironmentRequest, region: string, facts: EnvironmentFacts): Problem[] {
  const regions = Object.keys(facts.seed.regions);
  if (!regions.includes(region)) {
    const fix = `Choose one of them, or add the region with its zones to regions in ${SEED}.${didYouMean(region, regions)}`;
    return [{ path: "--region", got: region, allowed: regions.join(", "), fix }];
  }
  const there = zonesOf(facts, region);
  const allowed = `zones of ${region} in which EKS places a control plane: ${there.join(", ")}`;
  return zones
    .filter((zone) => !there.includes(zone))
    .map((zone) => ({ path: "--zones", got: zone, allowed, fix: "Name zones by their ids." }));
}

/** The first block of 10.0.0.0/8 that nobody has. */
function freeBlock({ environments, foundation }: EnvironmentFacts): string | undefined {
  const taken = [...environments, ...foundation.runners].flatMap(({ cidr }) => parseCidr(cidr) ?? []);
  const wide = Array.from({ length: Math.floor(BLOCKS / BLOCK_STEP) }, (_, index) => (index + 1) * BLOCK_STEP);
  const numbers = [...wide, ...Array.from({ length: BLOCKS }, (_, index) => index)];
  return numbers
    .map((number) => `10.${number}.0.0/16`)
    .find((block) => {
      const own = parseCidr(block);
      return own !== undefined && taken.every((other) => !overlaps(own, other));
    });
}

/** The domain of the pattern with the new name in place of its own. */
function domainLike(like: EnvironmentInput, name: string): string {
  const [first, ...rest] = like.domain.split(".");
  return [name, ...(first === like.name ? rest : like.domain.split("."))].join(".");
}

/** What the foundation lacks of the environment: its region, and a certificate that names its domain. */
function foundationFor({ region, domain }: Choices, { foundation }: EnvironmentFacts) {
  const standing = foundation.certificates.filter((request) => request.region === region);
  const domains = [...(standing.at(-1)?.domains ?? []), domain];
  const certificate = { region, generation: String(standing.length + 1), domains };
  return {
    region: foundation.regions.includes(region) ? undefined : region,
    certificate,
    after: {
      ...foundation,
      regions: [...new Set([...foundation.regions, region])],
      certificates: [...foundation.certificates, certificate],
    },
  };
}

type NeededRows = ReturnType<typeof foundationFor>;

function withRows(text: string, { region, certificate }: NeededRows): string {
  const wider = region === undefined ? text : appended(text, ["foundation", "regions"], JSON.stringify(region));
  const row = `{ region: "${certificate.region}", generation: "${certificate.generation}", domains: ${JSON.stringify(certificate.domains)} }`;
  return appended(wider, ["foundation", "certificates"], row);
}

/** A file that people write too may have lost the form that an edit needs. */
function edited(facts: EnvironmentFacts, file: string, edit: (text: string) => string): string {
  try {
    return edit(facts.read(file));
  } catch (error) {
    const allowed = "the form that it has in this repository";
    const fix = "Restore it, or add the environment by hand: docs/contributing.md.";
    throw new ProblemsError("new environment", [{ path: file, got: (error as Error).message, allowed, fix }]);
  }
}

/** Problems of the foundation in the words of the command: a certificate without room is one of the region that was asked for. */
function accountProblems(rows: NeededRows, environment: EnvironmentInput, facts: EnvironmentFacts): Problem[] {
  const found = foundationProblems(rows.after, [...facts.environments, environment]);
  return found.map((problem) =>
    problem.path.startsWith("certificates[")
      ? { ...problem, path: `--region ${environment.region}`, fix: `Choose another region. ${problem.fix}` }
      : problem,
  );
}

/** Sources are written in the house's format, as `make format` would. */
async function formatted(root: string, file: string, text: string): Promise<PlannedFile> {
  const filepath = path.join(root, file);
  return { file, text: await format(text, { ...(await resolveConfig(filepath)), filepath }) };
}

/**
 * The pipelines deploy what has the production profile, after its pattern; what follows a primary, after the primary. An
 * environment in profile dev is brought up by people.
 */
function pipelines(
  { name, profile }: EnvironmentInput,
  like: EnvironmentInput,
  facts: EnvironmentFacts,
): PlannedFile[] {
  if (profile === "dev") return [];
  const after = like.follows ?? like.name;
  return pipelineFiles.map((file) => ({ file, text: edited(facts, file, (text) => withStack(text, name, after)) }));
}

async function filesOf(
  environment: EnvironmentInput,
  like: EnvironmentInput,
  rows: NeededRows,
  facts: EnvironmentFacts,
): Promise<readonly PlannedFile[]> {
  const { name, domain } = environment;
  const { root, read, seed } = facts;
  const importing = `import { ${name} } from "./${name}";`;
  const listed = edited(facts, LIST, (text) => imported(appended(text, ["environments"], name), importing));
  const zone = `{ type: "${ZONE}", name: ${domain}, inputs: { name: ${domain} } }`;
  const isSeeded = seed.objects.some(({ type, inputs }) => type === ZONE && inputs["name"] === domain);
  const seedText = edited(facts, SEED, (text) => (isSeeded ? text : withRow(text, "objects", zone)));
  const config = `stacks/sandbox/Pulumi.${name}.yaml`;
  const likeConfig = read(`stacks/sandbox/Pulumi.${like.name}.yaml`);
  return [
    await formatted(root, ownFile(name), environmentText(environment, like)),
    await formatted(root, LIST, listed),
    await formatted(
      root,
      ACCOUNT,
      edited(facts, ACCOUNT, (text) => withRows(text, rows)),
    ),
    { file: config, text: likeConfig.replaceAll(`\`${like.name}\``, `\`${name}\``) },
    policyConfigFile(environment),
    { file: "stacks/policies/foundation.json", text: foundationConfigText([...facts.environments, environment]) },
    ...pipelines(environment, like, facts),
    ...(isSeeded ? [] : [{ file: SEED, text: seedText }]),
    { file: "sandbox/cloud/tables/tables.json", text: renderTables(new Map([["seed.yaml", seedText]])) },
  ];
}

/**
 * Plans a new environment.
 * @throws ProblemsError with everything that is wrong with what was asked for.
 */
export async function planEnvironment(
  request: NewEnvironmentRequest,
  facts: EnvironmentFacts,
): Promise<PlannedEnvironment> {
  const subject = `new environment "${request.name}"`;
  const { environments } = facts;
  const names = environments.map(({ name }) => name);
  const like = environments.find(({ name }) => name === request.like);
  const fix = `Choose one of them.${didYouMean(request.like, names)}`;
  const unlike = like === undefined ? [{ path: "--like", got: request.like, allowed: names.join(", "), fix }] : [];
  const region = request.region ?? like?.region ?? "";
  const place = request.region === undefined && like === undefined ? [] : locationProblems(request, region, facts);
  throwProblems(subject, [...nameProblems(request, facts), ...unlike, ...place]);
  if (like === undefined) throw new Error("unreachable: --like was refused");

  const near = region === like.region ? like.zones : zonesOf(facts, region).slice(0, like.zones.length);
  const choices: Choices = {
    name: request.name,
    region,
    zones: request.zones ?? near,
    cidr: request.cidr ?? freeBlock(facts) ?? "",
    domain: request.domain ?? domainLike(like, request.name),
  };
  const environment = inputOf(choices, like);
  const rows = foundationFor(choices, facts);
  throwProblems(subject, [
    ...environmentProblems(environment),
    ...togetherProblems([...environments, environment]),
    ...accountProblems(rows, environment, facts),
  ]);
  return { environment, files: await filesOf(environment, like, rows, facts) };
}
