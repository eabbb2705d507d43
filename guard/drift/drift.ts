/** What others changed since the last update: by resource and property, with who did it and what the next update makes of it. */
import { difference } from "../verdict/plans/difference";
import { isAbsent, Secret, valueAt, type Values } from "../verdict/plans/values";
import { changeText } from "../report/value-text";
import { secretsIn } from "../verdict/plans/secrets";
import { churnReason } from "./churn";

/** A resource that is not as its state has it. */
export interface Found {
  readonly urn: string;
  /** The cloud's own name of it, where it has one. */
  readonly id?: string;
  readonly type: string;
  readonly was: Values;
  /** Absent where the object is gone. */
  readonly is?: Values;
}

/** What the next update plans for a resource. */
export interface Planned {
  readonly urn: string;
  readonly op: "create" | "update" | "replace" | "delete" | "same";
  /** Properties that it sets. */
  readonly now?: Values;
}

/** Who wrote it last, as a trail has it. */
export interface Writer {
  readonly who: string;
  /** When, in ISO 8601. */
  readonly at: string;
  /** What was called. */
  readonly event: string;
}

/** Gives who wrote a resource last; undefined where the trail has nothing, `unreadable` where nobody can read it. */
export type Trail = (found: Found) => Writer | undefined | "unreadable";

/** One property. */
export interface DriftedProperty {
  readonly path: string;
  readonly was: string;
  readonly is: string;
  /** What the next update does with it. */
  readonly next: string;
}

/** One resource. */
export interface DriftedResource {
  readonly urn: string;
  readonly type: string;
  readonly gone: boolean;
  readonly properties: readonly DriftedProperty[];
  /** What the next update does with it as a whole: `update`, `create`, `replace`, or `same` where it leaves it. */
  readonly repair: Planned["op"] | "unknown";
  readonly owner: string;
}

/** A change that a controller made in its own right. */
export interface Churn {
  readonly urn: string;
  readonly path: string;
  readonly reason: string;
}

/** The report. */
export interface DriftReport {
  readonly format: 1;
  readonly stack: string;
  /** 7 where something drifted, as `--expect-no-changes` of Pulumi. */
  readonly exitCode: 0 | 7;
  readonly drift: readonly DriftedResource[];
  readonly churn: readonly Churn[];
}

/** What the report is made of. */
export interface DriftFacts {
  readonly stack: string;
  readonly found: readonly Found[];
  /** Absent where nobody planned: then what an update would do is not known. */
  readonly planned?: readonly Planned[];
  readonly trail: Trail;
}

function ownerOf(found: Found, trail: Trail): string {
  const writer = trail(found);
  if (writer === "unreadable") return "not readable";
  return writer === undefined ? "not in the trail" : `${writer.who}, ${writer.at} (${writer.event})`;
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? "";

function nextOf(segments: readonly string[], { was, is }: Found, plan: Planned | undefined): string {
  if (plan === undefined) return "set back, unless the program has changed too";
  const [before, now, next] = [was, is, plan.now].map((side) => textOf(valueAt(side, segments)));
  if (plan.op === "same" || next === now) return "left as it is";
  return next === before ? "set back" : "set to what the program declares now";
}

function resourceOf(one: Found, { planned, trail }: DriftFacts): { drift?: DriftedResource; churn: readonly Churn[] } {
  const { urn, type, was, is } = one;
  const plan = planned?.find((row) => row.urn === urn);
  const gone = is === undefined;
  const mask = Secret.mask([...secretsIn(was), ...secretsIn(is)]);
  // Providers read nothing as `{}`, and the other way round.
  const differing = gone
    ? []
    : difference(was, is).filter(({ before, after }) => !(isAbsent(before) && isAbsent(after)));
  const paths = differing.map((path) => {
    const text = path.segments.join(".");
    return { ...path, text, reason: churnReason(type, text) };
  });
  const churn = paths.flatMap(({ text, reason }) => (reason === undefined ? [] : [{ urn, path: text, reason }]));
  const properties = paths
    .filter(({ reason }) => reason === undefined)
    .map(({ text, segments, before, after }): DriftedProperty => {
      const values = changeText(before, after, mask);
      return { path: text, was: values.before, is: values.after, next: nextOf(segments, one, plan) };
    });
  if (!gone && properties.length === 0) return { churn };
  const repair = planned === undefined ? "unknown" : (plan?.op ?? "same");
  return { churn, drift: { urn, type, gone, properties, repair, owner: ownerOf(one, trail) } };
}

/** The report; the same facts give the same one, in the order of URNs. */
export function driftReport(facts: DriftFacts): DriftReport {
  const rows = [...facts.found]
    .sort((left, right) => (left.urn < right.urn ? -1 : 1))
    .map((one) => resourceOf(one, facts));
  const drift = rows.flatMap((row) => row.drift ?? []);
  return {
    format: 1,
    stack: facts.stack,
    exitCode: drift.length === 0 ? 0 : 7,
    drift,
    churn: rows.flatMap((row) => row.churn),
  };
}
