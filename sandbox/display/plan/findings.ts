/** What the policies found, directly above the question: worst first, each with its reason and where to read more. */
import { counted, groupBy } from "@fridayproof/components/core";
import { isBlocking } from "../../events/blocking";
import type { PolicyFinding, RunResult } from "../../events/events";
import { classOf, nameOf, typeOf } from "../../property/urn";
import type { Colors } from "../text/terminal";
import { wrap } from "./layout";

/** How findings are drawn. */
export interface FindingsOptions {
  readonly columns: number;
  readonly colors: Colors;
  /** Everything of every finding, and what could not be decided. */
  readonly full?: boolean;
  /** Words in place of signs. @default false */
  readonly plain?: boolean;
}

/** Findings drawn with their reasons; more are drawn as one line a rule. */
const DETAILED = 3;
/** Names of resources on the line of a rule. */
const NAMES_SHOWN = 3;

/** What can only be decided while the update runs. */
const isUndecided = ({ level, severity }: PolicyFinding): boolean => level === "advisory" && severity === "low";

/** `REFUSED by 2 rules, 5 findings`; undefined where nothing blocks. */
export function blockingOutcome(findings: readonly PolicyFinding[]): string | undefined {
  const blocking = findings.filter(isBlocking);
  if (blocking.length === 0) return undefined;
  const rules = new Set(blocking.map(({ policy }) => policy)).size;
  const text = `REFUSED by ${counted(rules, "rule")}`;
  return blocking.length === rules ? text : `${text}, ${blocking.length} findings`;
}

/** The block of the policies, also where they were skipped. */
export function policyLines({ findings, checked }: RunResult, options: FindingsOptions): string[] {
  // No rules ran, or on nothing.
  if (checked === undefined || checked.resources === 0) return [];
  const { columns, full = false } = options;
  const undecided = findings.filter(isUndecided);
  const decided = findings.filter((finding) => !isUndecided(finding));
  const blocking = decided.filter(isBlocking);
  const others = decided.filter((finding) => !isBlocking(finding));
  const head = `Policies   ${counted(checked.rules, "rule")} checked ${counted(checked.resources, "resource")}: ${countsOf(decided)}${waiting(undecided)}`;
  const shown = full ? [...decided, ...undecided] : undefined;
  return [
    ...wrap(head, "Policies   ".length, columns),
    ...(shown === undefined
      ? [...group(blocking, options), ...group(others, options)]
      : shown.flatMap((finding) => detailLines(finding, options))),
  ];
}

function countsOf(findings: readonly PolicyFinding[]): string {
  if (findings.length === 0) return "nothing found";
  const part = (members: readonly PolicyFinding[], word: string): string[] =>
    members.length === 0 ? [] : [`${members.length} ${word}`];
  const isRemediated = ({ remediated }: PolicyFinding): boolean => remediated;
  const advisory = findings.filter((finding) => !isBlocking(finding) && !isRemediated(finding));
  return [
    ...part(findings.filter(isBlocking), "mandatory"),
    ...part(advisory, "advisory"),
    ...part(findings.filter(isRemediated), "mended in place"),
  ].join(", ");
}

function waiting(undecided: readonly PolicyFinding[]): string {
  if (undecided.length === 0) return "";
  const rules = new Set(undecided.map(({ policy }) => policy)).size;
  const resources = new Set(undecided.map(({ urn }) => urn)).size;
  const those = `${rules} ${rules === 1 ? "rule waits" : "rules wait"}`;
  return `; ${those} for values known only during the update, on ${counted(resources, "resource")} (--findings)`;
}

function group(findings: readonly PolicyFinding[], options: FindingsOptions): string[] {
  const sorted = findings.toSorted((left, right) => orderOf(left).localeCompare(orderOf(right)));
  if (sorted.length <= DETAILED) return sorted.flatMap((finding) => detailLines(finding, options));
  const byRule = groupBy(sorted, ({ policy }) => policy);
  const widest = Math.max(...[...byRule.keys()].map((rule) => rule.length));
  const rows = [...byRule].toSorted((left, right) => right[1].length - left[1].length);
  return [
    ...rows.flatMap(([rule, members]) => ruleLine(rule.padEnd(widest), members, options)),
    `    --findings prints the reasons of all ${sorted.length}.`,
  ];
}

const orderOf = ({ policy, urn }: PolicyFinding): string => `${policy} ${urn}`;

function ruleLine(rule: string, members: readonly PolicyFinding[], options: FindingsOptions): string[] {
  const names = [...new Set(members.map(({ urn }) => nameOf(urn)))];
  const rest = names.length > NAMES_SHOWN ? `, ${names.length - NAMES_SHOWN} more` : "";
  const sign = signOf(members[0], options);
  const text = `  ${sign} ${rule}   ${members.length}   ${names.slice(0, NAMES_SHOWN).join(", ")}${rest}`;
  return painted(wrap(text, `  ${sign} ${rule}   `.length, options.columns), members[0], options);
}

const blocks = (finding: PolicyFinding | undefined): boolean => finding !== undefined && isBlocking(finding);

function signOf(finding: PolicyFinding | undefined, { plain }: FindingsOptions): string {
  if (plain === true) return blocks(finding) ? "refused by" : "advice of";
  return blocks(finding) ? "x" : "!";
}

function painted(lines: readonly string[], finding: PolicyFinding | undefined, options: FindingsOptions): string[] {
  const { colors } = options;
  const sign = signOf(finding, options);
  const paint = blocks(finding) ? (text: string): string => colors.bold(colors.red(text)) : colors.yellow;
  return lines.map((line, index) => (index === 0 ? line.replace(` ${sign} `, ` ${paint(sign)} `) : line));
}

/** A finding with its reasons: the rule's own sentence, what was found, and the page. */
function detailLines(finding: PolicyFinding, options: FindingsOptions): string[] {
  const { policy, urn, message } = finding;
  const type = classOf(typeOf(urn));
  const head = painted([`  ${signOf(finding, options)} ${policy}   ${type} ${nameOf(urn)}`], finding, options);
  const [why = "", ...found] = message.trim().split("\n");
  const row = (label: string, text: string): string[] =>
    wrap(`    ${label.padEnd(LABEL)}${text}`, LABEL + INDENT, options.columns);
  const body =
    found.length === 0
      ? row("found", why)
      : [...row("why", why), ...found.flatMap((line) => foundRows(withoutName(line, urn), row))];
  return [...head, ...body, ...row("more", `npx fridayproof policies ${policy}`)];
}

/** The rules write what mends a violation behind it. */
const FIX = " Fix: ";

function foundRows(line: string, row: (label: string, text: string) => string[]): string[] {
  const at = line.indexOf(FIX);
  return at < 0 ? row("found", line) : [...row("found", line.slice(0, at)), ...row("fix", line.slice(at + FIX.length))];
}

/** The resource stands on the line above. */
function withoutName(line: string, urn: string): string {
  const name = `${nameOf(urn)} (${typeOf(urn)})`;
  return line.startsWith(`${name}, `) || line.startsWith(`${name}: `) ? line.slice(name.length + 2) : line;
}

const INDENT = 4;
/** Room for `found` and its neighbours. */
const LABEL = 8;
