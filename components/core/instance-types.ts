/** Instance types that pools may use: what each one is, known before any call to AWS. */
import type { Problem } from "./checks";
import file from "./instance-types.json";
import { nearest } from "./nearest";

/** A type that has a row. */
export type InstanceType = keyof typeof file.types;

/** What a processor runs; the words are EC2's. */
export type Architecture = "x86_64" | "arm64";

/** One row. */
export interface InstanceFacts {
  readonly architecture: Architecture;
  /** Virtual CPUs. */
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** Every row, by name. */
export const instanceTypes = file.types as Readonly<Record<InstanceType, InstanceFacts>>;

/** How many names a message offers. */
const OFFERED = 3;

/** Whether the type has a row. */
export function isInstanceType(name: string): name is InstanceType {
  return Object.hasOwn(instanceTypes, name);
}

/** What is wrong with an instance type; empty when it has a row. */
export function instanceTypeProblems(path: string, name: string): Problem[] {
  if (isInstanceType(name)) return [];
  const names = Object.keys(instanceTypes);
  return [
    {
      path,
      got: name,
      allowed: `a type of components/core/instance-types.json; nearest: ${nearest(name, names, OFFERED).join(", ")}`,
      fix: "Take one of them, or add the type with architecture, CPUs, memory and source, and its price in guard/costs.",
    },
  ];
}
