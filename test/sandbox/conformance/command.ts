/** The commands of the recordings, as options of our engine. */
import type { Operation } from "../../../sandbox/events/events";

/** What a recorded command asks of the engine. */
export interface EngineCommand {
  readonly operation: Operation;
  /** `up` and `destroy` without --skip-preview preview first. */
  readonly previewFirst: boolean;
  readonly previewOnly: boolean;
  readonly refresh: boolean;
  readonly expectNoChanges: boolean;
  readonly targets?: readonly string[];
  readonly replaces?: readonly string[];
  readonly parallel?: number;
  readonly policyPack?: string;
  readonly policyConfig?: string;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  preview: "preview",
  up: "update",
  destroy: "destroy",
  refresh: "refresh",
};

/** The command's words, quotes taken off. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? "");
}

/** The engine's part of a command; undefined for commands that only show or edit files. */
export function engineCommand(command: string): EngineCommand | undefined {
  const [, verb = "", ...flags] = wordsOf(command);
  const operation = OPERATIONS[verb];
  if (operation === undefined) return undefined;
  const valueOf = (flag: string): string | undefined =>
    flags.includes(flag) ? flags[flags.indexOf(flag) + 1] : undefined;
  const target = valueOf("--target");
  const replace = valueOf("--replace");
  const parallel = valueOf("--parallel");
  const previewOnly = flags.includes("--preview-only");
  return {
    operation,
    previewFirst: operation !== "preview" && !previewOnly && !flags.includes("--skip-preview"),
    previewOnly,
    refresh: flags.includes("--refresh"),
    expectNoChanges: flags.includes("--expect-no-changes"),
    targets: target === undefined ? undefined : [target],
    replaces: replace === undefined ? undefined : [replace],
    parallel: parallel === undefined ? undefined : Number(parallel),
    policyPack: valueOf("--policy-pack"),
    policyConfig: valueOf("--policy-pack-config"),
  };
}
