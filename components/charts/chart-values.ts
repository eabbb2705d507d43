/** The values of a chart: the proven production file, and for `dev` a few lines merged over it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { type Problem, throwProblems } from "../core/checks";

/** Which settings an environment runs its add-ons with. */
export type Profile = "production" | "dev";

/** Helm values: plain data, with Pulumi outputs allowed wherever a value may be. */
export type ChartValues = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is ChartValues {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An Output is an object too, but a value that is not known yet, never a map to look into.
  return prototype === Object.prototype || prototype === null;
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return isMap(value) ? "a map" : "a single value";
}

function merge(base: ChartValues, delta: ChartValues, at: string, problems: Problem[]): ChartValues {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(delta)) {
    const where = at === "" ? key : `${at}.${key}`;
    const before = merged[key];
    if (value === null || value === undefined) {
      const fix = "Nothing is unset by a merge: write what the chart treats as off.";
      problems.push({ path: where, got: value, allowed: "a value", fix });
    } else if (isMap(before) && isMap(value)) {
      merged[key] = merge(before, value, where, problems);
    } else if (before === undefined || before === null || shapeOf(before) === shapeOf(value)) {
      merged[key] = value;
    } else {
      problems.push({
        path: where,
        got: value,
        allowed: `${shapeOf(before)}, as below it`,
        fix: "Use the same shape.",
      });
    }
  }
  return merged;
}

/**
 * Merges `delta` over `base`, neither changed: maps key by key, everything else (lists too) replaced whole.
 * @param subject what is merged, for the error.
 * @throws ProblemsError where `delta` is null (Pulumi's Release drops nulls, so nothing would be unset) or where one of
 * the two is a map or a list and the other is not (Helm would ignore one of them, or the chart fail while it renders).
 */
export function mergeValues(base: ChartValues, delta: ChartValues, subject = "chart values"): ChartValues {
  const problems: Problem[] = [];
  const merged = merge(base, delta, "", problems);
  throwProblems(subject, problems);
  return merged;
}

/** A file's parsed text, by its path: a plan and the update after it read the same files in one process. */
const parsed = new Map<string, { readonly text: string; readonly values: unknown }>();

function parsedOnce(file: string): unknown {
  const text = fs.readFileSync(file, "utf8");
  const before = parsed.get(file);
  if (before?.text === text) return before.values;
  const values: unknown = parse(text);
  parsed.set(file, { text, values });
  return values;
}

function readValues(file: string): ChartValues {
  let values: unknown;
  try {
    values = parsedOnce(file);
  } catch (error) {
    throw new Error(`${file}: cannot be read as YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isMap(values)) throw new Error(`${file}: got ${shapeOf(values)}, allowed: a map of Helm values`);
  return values;
}

/**
 * Reads a chart's values: `<folder>/<chart>.yaml`, and for profile `dev` what `<folder>/dev/<chart>.yaml` changes, if
 * that file exists. Read while the program builds its graph, so a broken file fails before anything is touched.
 * @param folder folder of values files beside the component that installs the chart.
 * @param chart name of the file without its ending, such as `argo-cd`.
 * @throws Error naming the file, when it is missing, not YAML, or cannot be merged.
 */
export function chartValues(folder: string, chart: string, profile: Profile): ChartValues {
  const production = readValues(path.join(folder, `${chart}.yaml`));
  const deltaFile = path.join(folder, "dev", `${chart}.yaml`);
  if (profile === "production" || !fs.existsSync(deltaFile)) return production;
  return mergeValues(production, readValues(deltaFile), deltaFile);
}
