/** Whether one stack is the other again: what differs, what was allowed, what could not be compared, what was not looked at. */
import { type Mask, maskOf, SECRET_SIG, SECRET_TEXT, SIG } from "@fridayproof/components/core";
import { parityLimits } from "../limits/parity";
import { isMap } from "../verdict/plans/values";
import { addressOf, allow, type Allowance } from "./allowances";
import { compare } from "./compare";
import type { Difference, DifferenceKind, NotCompared } from "./difference";
import { setFollowerAside } from "./follower";
import { ParityError } from "./parity-error";
import { graphOf, type Graph } from "./rows";
import { NOT_LOOKED_AT } from "./rules";
import type { StackState } from "./state";
import { setStandbyAside, standsBy } from "./standby";
import { openedOf } from "../verdict/plans/secrets";

/** What the comparison comes to. */
export type ParityVerdict = "IDENTICAL" | "STANDBY" | "DIFFERENT" | "NOT COMPARED";

/** A difference as it is shown: no secret is in it. */
export interface ShownDifference {
  readonly kind: DifferenceKind;
  /** As an allowance calls it. */
  readonly address: string;
  readonly first: string;
  readonly second: string;
  readonly reason?: string;
}

/** One of the two stacks. */
export interface ComparedStack {
  readonly stack: string;
  readonly region?: string;
  readonly zones: readonly string[];
  readonly resources: number;
  /** Over all that is compared, what is the stack's own replaced. */
  readonly hash: string;
}

/** The whole answer; the same states give the same one. */
export interface Parity {
  readonly verdict: ParityVerdict;
  readonly exitCode: number;
  readonly stacks: readonly [ComparedStack, ComparedStack];
  /** Resources that both have. */
  readonly compared: number;
  readonly differences: readonly ShownDifference[];
  /** What differs because one of the two stands by, each with its reason: it counts as no difference. */
  readonly standby: readonly (ShownDifference & { readonly reason: string })[];
  readonly allowed: readonly (ShownDifference & Pick<Allowance, "reason" | "owner" | "expires">)[];
  /** Allowances that have expired or are about nothing. */
  readonly remarks: readonly string[];
  readonly notCompared: readonly (Pick<NotCompared, "why"> & { readonly address: string })[];
  /** What no state holds. */
  readonly notLookedAt: readonly string[];
}

/** Exit codes: 0 identical, or so but for standing by, 3 different, 4 nothing differs but something could not be compared. */
const EXITS: Readonly<Record<ParityVerdict, number>> = { IDENTICAL: 0, STANDBY: 0, DIFFERENT: 3, "NOT COMPARED": 4 };

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Every text inside of a secret of the state. */
function secretsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (!isMap(value) || value[SIG] !== SECRET_SIG) return Object.values(value).flatMap(secretsOf);
  // As JSON too: a text that is shown may hold it so.
  return [...textsIn(value["plaintext"]), ...textsIn(openedOf(value)?.value)];
}

/** Secrets within a value that is shown, in words. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (!isMap(value)) return value;
  if (value[SIG] === SECRET_SIG) return SECRET_TEXT;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, readable(member)]));
}

function valueText(value: unknown, mask: Mask): string {
  if (value === undefined) return "absent";
  const shown = readable(value);
  const line = mask(typeof shown === "string" ? shown : (JSON.stringify(shown) ?? "null")).replace(/\s+/g, " ");
  const most = parityLimits.valueCharacters.value;
  return line.length <= most ? line : `${line.slice(0, most)}… (${line.length} characters)`;
}

function shownOf(difference: Difference, mask: Mask): ShownDifference {
  const { kind, values, reason } = difference;
  const textOf = (value: unknown): string => (kind === "secret" ? SECRET_TEXT : valueText(value, mask));
  const [first, second] = [textOf(values[0]), textOf(values[1])];
  return { kind, address: mask(addressOf(difference)), first, second, ...(reason === undefined ? {} : { reason }) };
}

function stackOf({ own, state, hash }: Graph): ComparedStack {
  const { environment, region, zones } = own;
  const about = { stack: environment, zones, resources: state.resources.length, hash };
  return region === undefined ? about : { ...about, region };
}

function unfinished({ state }: Graph): Parity["notCompared"] {
  if (state.pending === 0) return [];
  const why = `${state.pending} operations were under way when the state of ${state.stack} was written`;
  return [{ address: "", why }];
}

/** Options of a comparison. */
export interface ParityOptions {
  readonly allowances: readonly Allowance[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * Compares two states.
 * @throws ParityError where both are of one stack: a comparison with itself proves nothing.
 */
export function parityOf(first: StackState, second: StackState, { allowances, today }: ParityOptions): Parity {
  if (first.stack === second.stack && first.project === second.project)
    throw new ParityError(
      `both states are of the stack ${first.stack}: a comparison with itself proves nothing. Name the replica's state second.`,
    );
  const graphs = [graphOf(first), graphOf(second)] as const;
  const comparison = compare(...graphs);
  const { differences: own, following } = setFollowerAside(comparison.differences, [first, second]);
  const { differences: others, standby: explained } = setStandbyAside(own, [standsBy(first), standsBy(second)]);
  const standby = [...following, ...explained];
  const { differences, allowed, remarks } = allow(others, allowances, today);
  const secrets = [...first.resources, ...second.resources].flatMap(secretsOf);
  const mask = maskOf([...new Set(secrets)]);
  const notCompared = [
    ...graphs.flatMap(unfinished),
    ...comparison.notCompared.map((each) => ({ address: mask(addressOf(each)), why: each.why })),
  ];
  const isDifferent = differences.length + remarks.length > 0;
  const withoutDifference = notCompared.length > 0 ? "NOT COMPARED" : standby.length > 0 ? "STANDBY" : "IDENTICAL";
  const verdict = isDifferent ? "DIFFERENT" : withoutDifference;
  return {
    verdict,
    exitCode: EXITS[verdict],
    stacks: [stackOf(graphs[0]), stackOf(graphs[1])],
    compared: comparison.compared,
    differences: differences.map((difference) => shownOf(difference, mask)),
    standby: standby.map(({ difference, reason }) => ({ ...shownOf(difference, mask), reason })),
    allowed: allowed.map(({ difference, by: { reason, owner, expires } }) => ({
      ...shownOf(difference, mask),
      reason,
      owner,
      expires,
    })),
    remarks,
    notCompared,
    notLookedAt: NOT_LOOKED_AT,
  };
}
