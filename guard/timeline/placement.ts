/** Which pool of nodes a thing is a part of, and which one its pods choose. */
import { isMap, type Values } from "../verdict/plans/values";

const LABEL = "fridayproof.dev/pool";

/** A pool of one cluster. */
export interface Pool {
  readonly cluster: string;
  readonly label: string;
}

/** Where pods run: on nodes of these pools, on each pool of a cluster, or (none named) on any. */
export type Placement = readonly string[] | "every";

const labelOf = (labels: unknown): string | undefined => {
  const label = isMap(labels) ? labels[LABEL] : undefined;
  return typeof label === "string" ? label : undefined;
};

/** The pool of a node group. */
export function poolOf({ clusterName, labels }: Values): Pool {
  return { cluster: String(clusterName), label: labelOf(labels) ?? "" };
}

function* selected(value: unknown): Iterable<string> {
  if (Array.isArray(value)) for (const item of value) yield* selected(item);
  if (!isMap(value)) return;
  const label = labelOf(value["nodeSelector"]);
  if (label !== undefined) yield label;
  for (const item of Object.values(value)) yield* selected(item);
}

/** An add-on's settings are a JSON text. */
function settingsOf(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** Labels of the pools that the selectors in a chart's values or an add-on's settings name. */
export function chosenPools({ values, configurationValues }: Values): readonly string[] {
  return [...new Set(selected([values, settingsOf(configurationValues)]))];
}
