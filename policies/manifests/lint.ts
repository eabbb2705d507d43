/** Runs the rules on rendered YAML: the engine does not see the objects that Argo CD deploys, so they are checked here. */
import { auditAnnotations, auditExemptions, type Extent } from "../kit/rule/audit";
import { type Exemption, type RuleExemption, rowsAbout } from "../kit/rule/exemption";
import { type Finding, message } from "../kit/finding/finding";
import { textOf } from "../kit/finding/remedy";
import { Stack, unpack } from "../kit/reading/resource";
import { type LeveledFinding, withoutRepeated } from "./repeated-findings";
import { concerns, type Context, type Rule } from "../kit/rule/rule";
import { runResources, runStack } from "../kit/rule/run";
import { rules } from "../rules";
import { exemptionsBeside } from "./exemption-file";
import { findManifests, type Text } from "./files";
import { readManifests } from "./parse";
import { render, type RunTool, runTool, tops } from "./render";
import { type Unchecked, uncheckedOf } from "./unchecked";
import { type Batch, clustersOf } from "./clusters";

/** One finding in a manifest. */
export interface ManifestFinding {
  readonly rule: string;
  readonly level: Rule["level"];
  /** File, relative to the folder or as it was named, and the document's number in it. */
  readonly file: string;
  readonly document: number;
  /** Resource, got, expected and fix. */
  readonly message: string;
  /** The outage or breach that the rule prevents. */
  readonly prevents: string;
}

/** Result of a run. */
export interface ManifestReport {
  readonly files: number;
  readonly objects: number;
  readonly findings: readonly ManifestFinding[];
  /** Files that could not be read or rendered, documents that are no objects, and exemptions that are invalid, expired or unused. */
  readonly problems: readonly string[];
  /** Exemptions that covered a finding: after a run over everything the others are unused. */
  readonly used: readonly RuleExemption[];
  /** Objects of kinds that no rule checks. */
  readonly unchecked: readonly Unchecked[];
}

/** Options of a run. */
export interface ManifestOptions {
  /** Settings by rule, as in the file that `--policy-pack-config` names. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Exemptions besides those of the configuration; none by default. */
  readonly exemptions?: readonly RuleExemption[];
  /** Whether every object that exemptions may name is here, so that an unused one is a problem. @default part */
  readonly extent?: Extent;
  /** The day that counts as today. */
  readonly now?: Date;
  /** Text of standard input, as one more file. */
  readonly input?: string | undefined;
  /** Runs helm, kustomize and kubectl; from the PATH by default. */
  readonly run?: RunTool;
}

const identity = /#(\d+)$/;
/** Standard input without a document: a failed command before the pipe must not count as a pass. */
const nothingCame =
  "standard input: got nothing; expected rendered manifests. Fix: look at the command before the pipe, which wrote none.";

/** Files without a document: a run that checked nothing must not look like one that found nothing. */
function noObject(paths: readonly string[]): string {
  return `${paths.join(", ")}: got no object; expected rendered manifests. Fix: look at the command that writes them, or leave the path out.`;
}

/**
 * Checks every object below the path, a file or a folder, with every rule for manifests.
 * @throws when nothing is at the path.
 */
export function lintManifests(path: string, options: ManifestOptions = {}): ManifestReport {
  return lintPaths([path], options);
}

/** {@link lintManifests} for several paths, whose objects are checked together. */
export function lintPaths(paths: readonly string[], options: ManifestOptions = {}): ManifestReport {
  const found = paths.map(findManifests);
  const rendered = tops(found.flatMap(({ unrendered }) => unrendered)).map((folder) =>
    render(folder, options.run ?? runTool),
  );
  const input = options.input === undefined ? [] : [{ file: "standard input", text: options.input }];
  const texts = [...found.flatMap((one) => one.texts), ...input];
  const outputs = rendered.flatMap((one) => ("text" in one ? [one.text] : []));
  const own = exemptionsBeside(paths, found);
  const problems = [
    ...(options.input?.trim() === "" ? [nothingCame] : []),
    ...found.flatMap((one) => one.problems),
    ...own.problems,
    ...rendered.flatMap((one) => ("problem" in one ? [one.problem] : [])),
  ];
  const rows = [...(options.exemptions ?? []), ...own.rows];
  const report = lintTexts([texts, ...outputs.map((output) => [output])], { ...options, exemptions: rows });
  const all = [...problems, ...report.problems];
  const isIdle = report.objects === 0 && all.length === 0 && texts.length > 0 && rendered.length === 0;
  return { ...report, problems: isIdle && options.input === undefined ? [noObject(paths)] : all };
}

/** Checks texts; each list after the first is one rendered folder. */
export function lintTexts(lists: readonly (readonly Text[])[], options: ManifestOptions = {}): ManifestReport {
  const batches = lists.map(batchOf);
  const clusters = clustersOf(batches).map((resources) => new Stack(resources));
  const used: RuleExemption[] = [];
  const found = rules.flatMap((rule) => clusters.flatMap((cluster) => lintWith(rule, cluster, options, used)));
  const findings = withoutRepeated(found).map(({ rule, level, finding }) => manifestFinding(rule, level, finding));
  const everything = new Stack(batches.flatMap(({ resources }) => resources));
  const idle = [
    ...strangers(options),
    ...rules.flatMap((rule) => auditRule(rule, everything, options)),
    ...auditAnnotations(rules, everything, (rule) => settingsOf(rule, options), contextOf(options)).map(
      (finding) => `${finding.resource.urn}: ${message(finding)}`,
    ),
  ];
  return {
    files: lists.flat().length,
    objects: everything.resources.length,
    findings: distinct(findings),
    problems: [...batches.flatMap(({ problems }) => problems), ...idle],
    used: distinct(used),
    unchecked: uncheckedOf(everything.resources, rules, clusters),
  };
}

function batchOf(texts: readonly Text[]): Batch {
  const read = texts.map(({ file, text }) => readManifests(file, text));
  return {
    resources: read.flatMap(({ inputs }) => inputs.flatMap(unpack)),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** The list without repetitions: objects that stand in several worlds are checked in each. */
function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function lintWith(
  rule: Rule,
  cluster: Stack,
  options: ManifestOptions,
  used: RuleExemption[],
): readonly LeveledFinding[] {
  const settings = settingsOf(rule, options);
  if (settings["enforcementLevel"] === "disabled") return [];
  const context = contextOf(options);
  const onExempt = (_rule: Rule, row: Exemption): void => void used.push({ ...row, rule: rule.id });
  const found =
    rule.scope === "stack"
      ? runStack(rule, cluster, settings, context, onExempt)
      : runResources(
          rule,
          cluster.whose((type) => concerns(rule, type)),
          settings,
          context,
          onExempt,
        );
  return found.map((finding) => ({
    rule,
    level: finding.advisory === true ? "advisory" : levelOf(settings, rule),
    finding,
  }));
}

type Config = Readonly<Record<string, unknown>>;

/** The rule's configuration with the exemptions of rendered YAML. */
function settingsOf(rule: Rule, options: ManifestOptions): Config {
  const config = options.config?.[rule.id] ?? {};
  const own = Array.isArray(config["exemptions"]) ? (config["exemptions"] as readonly Exemption[]) : [];
  const all = [...own, ...rowsAbout(rule.id, options.exemptions ?? [])];
  const unique = new Map(all.map((row) => [JSON.stringify(row), row]));
  return { ...config, exemptions: [...unique.values()] };
}

function contextOf(options: ManifestOptions): Context {
  return { now: options.now ?? new Date(), preview: true, teardown: false, stackTags: new Map() };
}

/** Exemptions and settings of rules that do not exist have no effect. */
function strangers({ config = {}, exemptions: rows = [] }: ManifestOptions): readonly string[] {
  const known = new Set(rules.map(({ id }) => id));
  const end = "expected the id of a rule. Fix: take it from `fridayproof policies`.";
  return [
    ...Object.keys(config)
      .filter((id) => !known.has(id))
      .map((id) => `configuration of "${id}": got a rule that does not exist; ${end}`),
    ...rows
      .filter(({ rule }) => !known.has(rule))
      .map(({ rule, file = "exemptions" }) => `${file}, rule "${rule}": got a rule that does not exist; ${end}`),
  ];
}

/** Problems of the rule's exemptions; the resource of an exemption need not be in the folder. */
function auditRule(rule: Rule, everything: Stack, options: ManifestOptions): readonly string[] {
  const { extent = "part" } = options;
  const problems = auditExemptions(rule, everything, settingsOf(rule, options), contextOf(options), extent);
  return problems.map(
    ({ at = "", got, expected, fix }) => `${at}: got ${got}; expected ${expected}. Fix: ${textOf(fix)}.`,
  );
}

function levelOf(config: Config, rule: Rule): Rule["level"] {
  const level = config["enforcementLevel"];
  // A file is not remediated: where a remediation would change it there is a violation.
  if (level === "remediate") return "mandatory";
  return level === "advisory" || level === "mandatory" ? level : rule.level;
}

function manifestFinding(rule: Rule, level: Rule["level"], finding: Finding): ManifestFinding {
  const { urn } = finding.resource;
  return {
    rule: rule.id,
    level,
    file: urn.replace(identity, ""),
    document: Number(identity.exec(urn)?.[1] ?? 0),
    message: message(finding),
    prevents: rule.prevents,
  };
}
