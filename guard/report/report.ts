/** The report on a pull request as plain data: for each environment its verdict, what changes, findings and costs. */
import { nameOf, groupBy } from "@fridayproof/components/core";
import type { Mask } from "@fridayproof/components/core";
import { TABLE_VERSION, tableSize } from "../verdict/effects/table";
import { rankOf } from "../verdict/change/finding";
import type {
  ChangeVerdict,
  Declaration,
  Finding,
  Operation,
  Order,
  Plan,
  PlanVerdict,
  Resource,
  Verdict,
} from "../verdict";
import { durationText, type VerdictDocument } from "../verdict/report";
import { factsOf, type PlanFacts, type RuleFinding } from "./facts";
import type { PlanTime } from "../timeline";
import { type Pair, type PairReport, pairReports } from "./pairs";
import { maskOfPlan } from "../verdict/plans/secrets";
import { changeText } from "./value-text";

/** One environment's plan with the verdict on it, or why there is none. */
export type ReportedPlan =
  | {
      readonly environment: string;
      readonly plan: Plan;
      readonly document: VerdictDocument;
      /** How long what it makes would take; absent for plans of Terraform, which do not say what waits for what. */
      readonly time?: PlanTime;
    }
  | { readonly environment: string; readonly problem: string };

type ReadPlan = Exclude<ReportedPlan, { readonly problem: string }>;

/** One value of a change, in words. */
export interface ChangedValue {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** One thing that a change does, in words. */
export interface Effect {
  readonly verdict: Verdict;
  readonly path?: string;
  readonly reason: string;
  /** How long it lasts, such as `60 s to 10 min`; absent where no source says so. */
  readonly lasts?: string;
  readonly who?: string;
  readonly safer?: string;
  readonly source?: string;
}

/** One change. */
export interface ReportedChange {
  readonly address: string;
  /** Logical name, or Terraform's address. */
  readonly name: string;
  readonly type: string;
  readonly operation: Operation;
  readonly order?: Order;
  readonly verdict: Verdict;
  readonly servingPath: boolean;
  /** Name of the acceptance that covers it. */
  readonly acceptedBy?: string;
  /** The worst first. */
  readonly effects: readonly Effect[];
  readonly values: readonly ChangedValue[];
  readonly parent?: string;
  readonly declared?: Declaration;
  /** Addresses of what it uses and of what uses it. */
  readonly uses: readonly string[];
  readonly usedBy: readonly string[];
}

/** One environment. */
export interface EnvironmentReport {
  readonly environment: string;
  readonly verdict: Verdict;
  readonly servingPath: boolean;
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly changes: readonly ReportedChange[];
  /** Why there is no verdict; the environment counts as UNKNOWN. */
  readonly problem?: string;
  /** Absent where another program wrote the plan. */
  readonly outcome?: PlanFacts["outcome"];
  readonly findings: readonly RuleFinding[];
  /** URNs of what others changed. */
  readonly drift: readonly string[];
  readonly costs?: PlanFacts["costs"];
  /** Absent where the plan does not say what waits for what. */
  readonly time?: PlanTime;
  readonly notes: readonly string[];
}

/** All environments. */
export interface Report {
  readonly format: 1;
  readonly verdict: Verdict;
  /** 1 where a plan could not be read, else that of the worst environment. */
  readonly exitCode: 0 | 1 | 2 | 3;
  /** Version of the table of effects, and how many of its rows have a source. */
  readonly table: PlanVerdict["table"];
  /** The worst first, then by name. */
  readonly environments: readonly EnvironmentReport[];
  /** Whether replicas are their primaries again; empty where none was named. */
  readonly pairs: readonly PairReport[];
}

/** What a report is made with beside the plans. */
export interface ReportOptions {
  /** Environments of which one should be the other again. */
  readonly pairs: readonly Pair[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** A URN inside a sentence: its logical name says enough. */
const URN = /urn:pulumi:[^\s:]+::[^\s:]+::\S+?::(?<name>[^\s,;)]+)/g;

function effectOf({ verdict, path, reason, seconds, who, safer, source, evidence }: Finding): Effect {
  return {
    verdict,
    path,
    reason: reason.replace(URN, "$<name>"),
    lasts: durationText(seconds),
    who,
    safer,
    source: source === undefined || evidence === "knowledge" ? undefined : source,
  };
}

function valuesOf({ paths, operation }: Resource, mask: Mask): readonly ChangedValue[] {
  if (operation !== "update" && operation !== "replace") return [];
  return paths.map(({ segments, before, after }) => ({
    path: mask(segments.join(".")),
    ...changeText(before, after, mask),
  }));
}

/** Where the program declares it: a component's parts stand where the program makes the component. */
function declarationOf(resource: Resource, resources: ReadonlyMap<string, Resource>): Declaration | undefined {
  const parent = resource.parent === undefined ? undefined : resources.get(resource.parent);
  const above = parent === undefined ? undefined : declarationOf(parent, resources);
  return above ?? resource.declared;
}

function changesOf({ plan, document }: ReadPlan, mask: Mask): readonly ReportedChange[] {
  const resources = new Map(plan.resources.map((resource) => [resource.address, resource]));
  // Unlike the index of the verdict these name what is not in the plan too.
  const [byUser, byUsed] = [groupBy(plan.uses, ({ user }) => user), groupBy(plan.uses, ({ used }) => used)];
  const reported = (change: ChangeVerdict): ReportedChange => {
    const { address, planType, operation, order, verdict, servingPath, acceptedBy, findings } = change;
    const resource = resources.get(address);
    return {
      address,
      name: nameOf(address) || address,
      type: planType,
      ...{ operation, order, verdict, servingPath, acceptedBy },
      effects: findings.map(effectOf),
      values: resource === undefined ? [] : valuesOf(resource, mask),
      parent: resource?.parent,
      declared: resource === undefined ? undefined : declarationOf(resource, resources),
      uses: [...new Set(byUser.get(address)?.map(({ used }) => used))],
      usedBy: [...new Set(byUsed.get(address)?.map(({ user }) => user))],
    };
  };
  return document.changes.map(reported);
}

function withoutPlan(environment: string, problem: string): EnvironmentReport {
  const nothing = { changes: [], findings: [], drift: [], notes: [] };
  return { environment, verdict: "UNKNOWN", servingPath: true, exitCode: 1, problem, ...nothing };
}

function environmentOf(reported: ReportedPlan): EnvironmentReport {
  if ("problem" in reported) return withoutPlan(reported.environment, reported.problem);
  const { environment, plan, document, time } = reported;
  const mask = maskOfPlan(plan);
  const facts = factsOf(plan.extension);
  return {
    environment,
    verdict: document.verdict,
    servingPath: document.servingPath,
    exitCode: document.exitCode,
    changes: changesOf(reported, mask),
    outcome: facts?.outcome,
    findings: (facts?.findings ?? []).map((finding) => ({ ...finding, message: mask(finding.message) })),
    drift: facts?.drift ?? [],
    costs: facts?.costs,
    time,
    notes: [...document.notes.map(({ text }) => text), ...document.remarks],
  };
}

/** The report. Pure: the same plans on the same day give the same one. */
export function reportOf(plans: readonly ReportedPlan[], { pairs, today }: ReportOptions): Report {
  const environments = plans
    .map(environmentOf)
    .sort(
      (one, other) =>
        rankOf(other.verdict, other.servingPath) - rankOf(one.verdict, one.servingPath) ||
        (one.environment < other.environment ? -1 : 1),
    );
  const codes = environments.map(({ exitCode }) => exitCode);
  return {
    format: 1,
    verdict: environments[0]?.verdict ?? "SAFE",
    exitCode: codes.includes(1) ? 1 : codes.reduce((worst, code) => (code > worst ? code : worst), 0),
    table: { version: TABLE_VERSION, ...tableSize() },
    environments,
    pairs: pairReports(plans, pairs, today),
  };
}
