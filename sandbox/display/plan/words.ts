/** How values of this plan are worded: own ids by their names, unknown ones by what they wait for, secrets nowhere. */
import type { ResourceChange } from "../../events/changes";
import type { RunResult } from "../../events/events";
import { maskOf, type Mask } from "../../property/mask";
import { isSecret, mapValue, UNKNOWN, type PropertyMap } from "../../property/values";
import { nameOf } from "../../property/urn";
import { ownNames, type OwnNames } from "../difference/own-names";
import type { ValueWords } from "../difference/scalar";

/** Everything that wording needs, made once a plan. */
export interface PlanWords {
  readonly names: OwnNames;
  /** Hides every secret of the plan in a text, wherever it was copied to. */
  readonly mask: Mask;
  /** The words for one resource. */
  readonly of: (change: ResourceChange) => ValueWords;
}

/** Most names in `known after a, b are created`. */
const NAMES_SHOWN = 2;

/** The words of a plan. */
export function planWords({ changes, known }: Pick<RunResult, "changes" | "known">): PlanWords {
  const names = ownNames(known);
  const pending = new Map(
    changes.filter(({ op }) => op === "create" || op === "replace").map(({ urn, op }) => [urn, op] as const),
  );
  const unknown = ({ now }: ResourceChange, property: string): string => {
    const sources = now?.propertyDependencies?.[property] ?? [];
    const waits = sources.filter((urn) => pending.has(urn));
    if (waits.length === 0 || waits.length > NAMES_SHOWN) return "known after update";
    const isReplaced = waits.every((urn) => pending.get(urn) === "replace");
    const verb = `${waits.length === 1 ? "is" : "are"} ${isReplaced ? "replaced" : "created"}`;
    return `known after ${waits.map(nameOf).join(" and ")} ${verb}`;
  };
  return {
    names,
    mask: maskOf([...secretTexts(changes)]),
    of: (change) => ({ names, unknown: (path) => unknown(change, String(path[0] ?? "")) }),
  };
}

/** The texts of all secrets on both sides of every change. */
function secretTexts(changes: readonly ResourceChange[]): ReadonlySet<string> {
  const texts = new Set<string>();
  const collect = (properties: PropertyMap | undefined): void => {
    if (properties === undefined) return;
    mapValue(properties, (inner) => {
      if (isSecret(inner))
        mapValue(inner.value ?? null, (leaf) => {
          if (typeof leaf === "string" && leaf !== UNKNOWN) texts.add(leaf);
          return leaf;
        });
      return inner;
    });
  };
  for (const { old, now } of changes)
    for (const row of [old, now]) {
      collect(row?.inputs);
      collect(row?.outputs);
    }
  return texts;
}
