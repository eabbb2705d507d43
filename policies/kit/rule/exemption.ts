/** Exemptions: a named resource may break a named rule, for a reason, by an owner, until a day. */
import { addDays, dayOf, globToRegExp, isDay, wildcards } from "@fridayproof/components/core";
import { exemptionLimits } from "../../limits/exemptions";
import type { Finding } from "../finding/finding";
import type { Resource } from "../reading/resource";

/** One row of a rule's `exemptions` setting. */
export interface Exemption {
  /** `<type token>::<name>`, for an object that states a namespace `<type token>::<namespace>/<name>`; `*` stands for any characters within a name. */
  readonly resource: string;
  /** Property path at or below which findings are exempt, such as `spec.template.spec.hostNetwork`. @default the whole object */
  readonly path?: string;
  /** Why the resource may break the rule. */
  readonly reason: string;
  /** Team or person responsible for it. */
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
  /** File in which the row is written, for the fixes. @default the configuration of its rule */
  readonly file?: string;
  /** Folder of the documents that it is limited to, a path that ends in `/` or is empty. @default every resource */
  readonly folder?: string;
}

/** An exemption with the id of its rule. */
export interface RuleExemption extends Exemption {
  readonly rule: string;
}

/** The exemptions from one rule. */
export function rowsAbout(rule: string, rows: readonly RuleExemption[]): readonly Exemption[] {
  return rows.filter((row) => row.rule === rule).map(({ rule: _rule, ...row }) => row);
}

const separator = "::";
const patternForm = /^[A-Za-z0-9.:/-]+::[A-Za-z0-9._/*-]+$/;
const pathForm = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+|\[\d+\]|\["[^"\]]+"\])*$/;

/** What is wrong with the row itself, or undefined. */
export function exemptionProblem(row: Exemption, now: Date): string | undefined {
  return patternProblem(row.resource) ?? pathProblem(row.path) ?? dayProblem(row.expires, now) ?? wordsProblem(row);
}

function patternProblem(pattern: string): string | undefined {
  if (pattern.includes("**")) return "** would exempt everything: name the resource";
  if (!patternForm.test(pattern)) return "the resource must be <type token>::<name>, with * in the name only";
  const name = pattern.slice(pattern.lastIndexOf(separator) + separator.length).replace(/^.*\//, "");
  if (!name.includes("*")) return undefined;
  if (name.replaceAll("*", "") === "") return "a bare * would exempt a whole type: name the resource";
  const named = name.split(/[^A-Za-z0-9]+/).some((run) => run.length >= exemptionLimits.letters.value);
  return named
    ? undefined
    : `"${name}" would exempt nearly a whole type: leave at least ${exemptionLimits.letters.value} letters or digits in a row beside *`;
}

function pathProblem(path: string | undefined): string | undefined {
  if (path === undefined || pathForm.test(path)) return undefined;
  return "the path must be a property path such as spec.template.spec.hostNetwork";
}

function dayProblem(expires: string, now: Date): string | undefined {
  if (!isDay(expires)) return "expires must be a day, YYYY-MM-DD";
  const latest = addDays(dayOf(now), exemptionLimits.life.value);
  return expires > latest
    ? `expires must be ${latest} or earlier, ${exemptionLimits.life.value} days from today: an exemption is looked at once a year`
    : undefined;
}

function wordsProblem({ reason, owner }: Exemption): string | undefined {
  if (reason.trim() === "" || owner.trim() === "") return "reason and owner must be given";
  return !isSentence(reason)
    ? `the reason must be a sentence of at least ${exemptionLimits.words.value} words`
    : undefined;
}

/** Whether the text has enough words for a sentence: subject, verb and object. */
export function isSentence(text: string): boolean {
  return (text.match(/\p{L}{2,}/gu) ?? []).length >= exemptionLimits.words.value;
}

/** Whether the row has expired: it is valid through its last day, UTC. */
export function isExpired(row: Exemption, now: Date): boolean {
  return dayOf(now) > row.expires;
}

/** Whether the row covers the finding: it names the resource, and the finding is at or below its path. */
export function excuses(row: Exemption, finding: Finding): boolean {
  return covers(row, finding.resource) && (row.path === undefined || isBelow(row.path, finding.at ?? ""));
}

/** Whether a place is the path or lies below it; the place of a member of a Kubernetes List begins at the list. */
function isBelow(path: string, at: string): boolean {
  const own = at.replace(/^items\[\d+\]\./, "");
  return own === path || own.startsWith(`${path}.`) || own.startsWith(`${path}[`);
}

/**
 * Whether the row names the resource: by its name in the program or, for Kubernetes, by `namespace/name` of the object;
 * where the object states no namespace, as those of the whole cluster do not, also by its name alone.
 */
export function covers(row: Exemption, resource: Resource): boolean {
  const split = row.resource.lastIndexOf(separator);
  if (row.resource.slice(0, split) !== resource.token || !lies(resource, row.folder ?? "")) return false;
  const form = globToRegExp(row.resource.slice(split + separator.length), wildcards.path);
  return names(resource).some((name) => form.test(name));
}

/** Whether the document lies in the folder, a path that ends in `/` or is empty. */
function lies(resource: Resource, folder: string): boolean {
  return resource.urn.startsWith(folder);
}

/** The names by which an exemption may name the resource. */
function names(resource: Resource): readonly string[] {
  const plain = (key: string): string | undefined => {
    try {
      return resource.at("metadata", key).text();
    } catch {
      // Unknown or malformed metadata: the resource is known by its name in the program alone.
      return undefined;
    }
  };
  const object = resource.token.startsWith("kubernetes:") ? plain("name") : undefined;
  if (object === undefined) return [resource.name];
  const namespace = plain("namespace");
  const inProgram = isDocument(resource) ? [] : [resource.name];
  return [...inProgram, `${namespace ?? "default"}/${object}`, ...(namespace === undefined ? [object] : [])];
}

/** Whether the resource is a YAML document: no program gave it a name, so that its object's name alone says nothing of its namespace. */
function isDocument({ urn }: Resource): boolean {
  return urn !== "" && !urn.startsWith("urn:");
}
