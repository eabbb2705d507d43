/** How values of this plan are worded: own ids by their names, unknown ones by what they wait for, secrets nowhere. */
import type { ChangeOp, ResourceChange } from "../../events/changes";
import type { RunResult } from "../../events/events";
import { maskOf, type Mask } from "../../property/mask";
import { secretTexts } from "../../property/values";
import { nameOf } from "../../property/urn";
import { ownNames, type OwnNames } from "../difference/own-names";
import type { ValueFormat } from "../difference/scalar";

/** Everything that wording needs, made once a plan. */
export interface PlanFormat {
  readonly names: OwnNames;
  /** Hides every secret of the plan in a text, wherever it was copied to. */
  readonly mask: Mask;
  /** The words for a value that belongs to no change of this plan. */
  readonly bare: ValueFormat;
  /** The words for one resource. */
  readonly of: (change: ResourceChange) => ValueFormat;
}

/** Most names in `known after a and b are created`; of more, one and a count. */
const NAMES_SHOWN = 2;

/** Changed lines of a text before the rest is counted. */
const TEXT_LINES = 12;

const LATER = "known after update";

/** Resources that this plan touches, by URN: a value that comes from them is known once they are done. */
type Pending = ReadonlyMap<string, ChangeOp>;

/**
 * What an unknown value waits for. The engine keeps the sources of a property, never of one value in it: the value that
 * was the ARN of a resource which this plan replaces is taken for its successor's.
 */
function unknownText(sources: readonly string[], pending: Pending, before: string | undefined): string {
  const isBefore = (urn: string): boolean => before === `arn of ${nameOf(urn)}` || before === `id of ${nameOf(urn)}`;
  if (sources.some((urn) => pending.get(urn) === "replace" && isBefore(urn))) return "known after it is replaced";
  const created = sources.filter((urn) => ["create", "replace"].includes(pending.get(urn) ?? ""));
  const waits = created.length > 0 ? created : sources.filter((urn) => pending.get(urn) === "update");
  if (waits.length === 0) return LATER;
  const shown = waits.slice(0, waits.length > NAMES_SHOWN ? 1 : NAMES_SHOWN).map(nameOf);
  const rest = waits.length - shown.length;
  const names = [...shown, ...(rest === 0 ? [] : [`${rest} more`])].join(" and ");
  const ops = new Set(waits.map((urn) => pending.get(urn)));
  const verb = ops.size > 1 ? "created" : `${[...ops].join("")}d`;
  return `known after ${names} ${waits.length === 1 ? "is" : "are"} ${verb}`;
}

/** The words of a plan. @param full texts of any length. */
export function planFormat({ changes, known }: Pick<RunResult, "changes" | "known">, full: boolean): PlanFormat {
  const names = ownNames(known);
  const pending: Pending = new Map(changes.map(({ urn, op }) => [urn, op]));
  const textLines = full ? Number.MAX_SAFE_INTEGER : TEXT_LINES;
  return {
    names,
    bare: { names, textLines, unknown: () => LATER },
    mask: maskOf(secretsOf(changes)),
    of: ({ now }) => ({
      names,
      textLines,
      unknown: (path, old) => {
        const sources = now?.propertyDependencies?.[String(path[0] ?? "")] ?? [];
        return unknownText(sources, pending, typeof old === "string" ? names(old) : undefined);
      },
    }),
  };
}

/** The texts of all secrets on both sides of every change. */
function secretsOf(changes: readonly ResourceChange[]): readonly string[] {
  const maps = changes.flatMap(({ old, now }) => [old?.inputs, old?.outputs, now?.inputs, now?.outputs]);
  return [...new Set(maps.flatMap((map) => (map === undefined ? [] : [...secretTexts(map)])))];
}
