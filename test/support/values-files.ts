/** Every values file of the platform's charts, found on the disk so that a new one cannot be forgotten. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type ChartValues, chartValues, type Profile } from "../../components/charts/chart-values";

/** A chart with the folder that holds its values. */
export interface ValuesFile {
  /** The chart's row in the lock file, which is the file's name. */
  readonly chart: string;
  readonly folder: string;
}

const components = path.join(__dirname, "../../components");

/** The charts that have a values file. */
export const valuesFiles: readonly ValuesFile[] = fs
  .readdirSync(components)
  .map((folder) => path.join(components, folder, "values"))
  .filter((folder) => fs.existsSync(folder))
  .flatMap((folder) =>
    fs
      .readdirSync(folder)
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => ({ folder, chart: path.basename(file, ".yaml") })),
  );

/** The values that the chart gets in a profile, before its component adds what it knows. */
export function valuesOf({ folder, chart }: ValuesFile, profile: Profile): ChartValues {
  return chartValues(folder, chart, profile);
}

/** Every object inside the values, with the dotted path to it. */
export function* objectsIn(value: unknown, at = ""): Generator<readonly [string, ChartValues]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [at, value as ChartValues];
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, at === "" ? key : `${at}.${key}`);
}
