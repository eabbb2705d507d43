/** Runs the rules on rendered YAML: what Argo CD deploys never passes through the engine, so this is where it is judged. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAllDocuments } from "yaml";
import { exemptions, rulesOf } from "./exemptions";
import { auditExemptions } from "./kit/audit";
import type { Exemption, RuleExemption } from "./kit/exemption";
import { type Finding, message } from "./kit/finding";
import { type Resource, type ResourceInput, Stack, unpack } from "./kit/resource";
import { concerns, type Context, type Rule } from "./kit/rule";
import { runResource, runStack } from "./kit/run";
import { tokenOf } from "./kit/types";
import { isRecord } from "./kit/value";
import { rules } from "./rules";

/** One thing found in a manifest. */
export interface ManifestFinding {
  readonly rule: string;
  readonly level: Rule["level"];
  /** File, relative to the folder, and the document's number in it. */
  readonly file: string;
  readonly document: number;
  /** Resource, got, wanted and fix. */
  readonly message: string;
  /** What the rule prevents. */
  readonly prevents: string;
}

/** What a run over a folder found. */
export interface ManifestReport {
  readonly files: number;
  readonly objects: number;
  readonly findings: readonly ManifestFinding[];
  /** Documents that are no Kubernetes objects or no YAML, and exemptions that are faulty, have run out, or excuse nothing. */
  readonly problems: readonly string[];
  /** Exemptions that covered something; whoever lints everything at once can tell which are unused. */
  readonly used: readonly RuleExemption[];
}

/** A folder's run. */
export interface ManifestOptions {
  /** Settings by rule, as in `policies/config/<stack>.json`. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Exemptions besides those of the configuration; the third-party ones by default. */
  readonly exemptions?: readonly RuleExemption[];
  /** The day that counts as today. */
  readonly now?: Date;
}

const identity = /#(\d+)$/;

/** Every YAML file of the folder, sorted, so that reports do not depend on the disk. */
function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return yamlFiles(path);
      return /\.ya?ml$/.test(name) ? [path] : [];
    });
}

interface Read {
  readonly inputs: readonly ResourceInput[];
  readonly problems: readonly string[];
}

/** The objects of one file; a document that is none is a problem, an empty one is not. */
export function readManifests(file: string, text: string): Read {
  const inputs: ResourceInput[] = [];
  const problems: string[] = [];
  parseAllDocuments(text).forEach((document, index) => {
    const place = `${file}#${index}`;
    if (document.errors.length > 0) {
      problems.push(`${place}: got no YAML; wanted a Kubernetes object. Fix: ${document.errors[0]?.message ?? ""}`);
      return;
    }
    const props = plainOf(document);
    if (props === tooManyAliases) {
      problems.push(
        `${place}: got more aliases than YAML should need; wanted a Kubernetes object. Fix: write them out.`,
      );
      return;
    }
    if (props === null) return;
    const { apiVersion, kind } = isRecord(props) ? props : {};
    if (typeof apiVersion !== "string" || typeof kind !== "string") {
      problems.push(`${place}: got a document without apiVersion or kind; wanted a Kubernetes object. Fix: add both.`);
      return;
    }
    inputs.push({ type: tokenOf(apiVersion, kind), name: nameOf(props) ?? `document ${index}`, urn: place, props });
  });
  return { inputs, problems };
}

const tooManyAliases = Symbol("too many aliases");

/** The document as plain data; a few lines of aliases can stand for gigabytes, which the parser refuses. */
function plainOf(document: ReturnType<typeof parseAllDocuments>[number]): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) return tooManyAliases;
    throw error;
  }
}

function nameOf(props: unknown): string | undefined {
  const metadata = isRecord(props) ? props["metadata"] : undefined;
  const name = isRecord(metadata) ? metadata["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

/**
 * Judges every object below the folder with every rule that manifests can break.
 * @throws when the folder cannot be read.
 */
export function lintManifests(folder: string, options: ManifestOptions = {}): ManifestReport {
  const files = yamlFiles(folder);
  const read = files.map((file) => readManifests(relative(folder, file), readFileSync(file, "utf8")));
  const resources = read.flatMap(({ inputs }) => inputs.flatMap(unpack));
  const used: RuleExemption[] = [];
  const findings = rules.flatMap((rule) => lintWith(rule, resources, options, used));
  const idle = rules.flatMap((rule) => auditRule(rule, resources, options));
  return {
    files: files.length,
    objects: resources.length,
    findings,
    problems: [...read.flatMap(({ problems }) => problems), ...idle],
    used,
  };
}

function lintWith(
  rule: Rule,
  resources: readonly Resource[],
  options: ManifestOptions,
  used: RuleExemption[],
): readonly ManifestFinding[] {
  const settings = settingsOf(rule, options);
  if (settings["enforcementLevel"] === "disabled") return [];
  const context = contextOf(options);
  const onExempt = (_rule: Rule, row: Exemption): void => void used.push({ ...row, rule: rule.id });
  const found =
    rule.scope === "stack"
      ? runStack(rule, new Stack(resources), settings, context, onExempt)
      : resources
          .filter((resource) => concerns(rule, resource.kind))
          .flatMap((resource) => runResource(rule, resource, settings, context, onExempt));
  return found.map((finding) => told(rule, levelOf(settings, rule), finding));
}

type Given = Readonly<Record<string, unknown>>;

/** The rule's configuration with the exemptions of rendered YAML. */
function settingsOf(rule: Rule, options: ManifestOptions): Given {
  const given = options.config?.[rule.id] ?? {};
  const own = Array.isArray(given["exemptions"]) ? (given["exemptions"] as readonly Exemption[]) : [];
  const all = [...own, ...rulesOf(options.exemptions ?? exemptions, rule.id)];
  const unique = new Map(all.map((row) => [JSON.stringify(row), row]));
  return { ...given, exemptions: [...unique.values()] };
}

function contextOf(options: ManifestOptions): Context {
  return { now: options.now ?? new Date(), preview: true, teardown: false, stackTags: new Map() };
}

/** What is wrong with the rule's exemptions; a folder need not hold what each of them is about. */
function auditRule(rule: Rule, resources: readonly Resource[], options: ManifestOptions): readonly string[] {
  const faults = auditExemptions(rule, new Stack(resources), settingsOf(rule, options), contextOf(options), "part");
  return faults.map(({ at = "", got, wanted, fix }) => `${at}: got ${got}; wanted ${wanted}. Fix: ${fix}.`);
}

function levelOf(given: Given, rule: Rule): Rule["level"] {
  const level = given["enforcementLevel"];
  // Nothing is remediated in a file: what a remediation would have changed is simply refused.
  const wanted = level === "advisory" || level === "mandatory" ? level : rule.level;
  return wanted === "remediate" ? "mandatory" : wanted;
}

function told(rule: Rule, level: Rule["level"], finding: Finding): ManifestFinding {
  const { urn } = finding.resource;
  return {
    rule: rule.id,
    level: finding.advisory === true ? "advisory" : level,
    file: urn.replace(identity, ""),
    document: Number(identity.exec(urn)?.[1] ?? 0),
    message: message(finding),
    prevents: rule.prevents,
  };
}
