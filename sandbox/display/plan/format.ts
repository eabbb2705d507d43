/** How values of this plan are worded: own ids by their names, unknown ones by what they wait for, secrets nowhere. */
import type { ResourceChange } from "../../events/changes";
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

/** Most names in `known after a, b are created`. */
const NAMES_SHOWN = 2;

/** Changed lines of a text before the rest is counted. */
const TEXT_LINES = 12;

const LATER = "known after update";

/** The words of a plan. @param full texts of any length. */
export function planFormat({ changes, known }: Pick<RunResult, "changes" | "known">, full: boolean): PlanFormat {
  const names = ownNames(known);
  const pending = new Map(
    changes.filter(({ op }) => op === "create" || op === "replace").map(({ urn, op }) => [urn, op] as const),
  );
  const unknown = ({ now }: ResourceChange, property: string): string => {
    const sources = now?.propertyDependencies?.[property] ?? [];
    const waits = sources.filter((urn) => pending.has(urn));
    if (waits.length === 0 || waits.length > NAMES_SHOWN) return LATER;
    const isReplaced = waits.every((urn) => pending.get(urn) === "replace");
    const verb = `${waits.length === 1 ? "is" : "are"} ${isReplaced ? "replaced" : "created"}`;
    return `known after ${waits.map(nameOf).join(" and ")} ${verb}`;
  };
  const textLines = full ? Number.MAX_SAFE_INTEGER : TEXT_LINES;
  return {
    names,
    bare: { names, textLines, unknown: () => LATER },
    mask: maskOf(secretsOf(changes)),
    of: (change) => ({ names, textLines, unknown: (path) => unknown(change, String(path[0] ?? "")) }),
  };
}

/** The texts of all secrets on both sides of every change. */
function secretsOf(changes: readonly ResourceChange[]): readonly string[] {
  const maps = changes.flatMap(({ old, now }) => [old?.inputs, old?.outputs, now?.inputs, now?.outputs]);
  return [...new Set(maps.flatMap((map) => (map === undefined ? [] : [...secretTexts(map)])))];
}
