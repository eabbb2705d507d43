/** The last lines of a run: its outcome, and what to do next. */
import { counted } from "@fridayproof/components/core";
import { isBlocking } from "../../events/blocking";
import { EXIT_CHANGES, type Operation, type RunResult } from "../../events/events";
import { nameOf } from "../../property/urn";
import { formatDuration } from "../text/duration";
import type { Colors } from "../text/terminal";
import { wrap } from "./layout";
import { isChange } from "./model";
import type { UpdateProgress } from "./progress";

/** What is closed. */
export interface ClosingOptions {
  readonly operation: Operation;
  readonly stack: string;
  readonly columns: number;
  readonly colors: Colors;
  /** Whether it is only a plan. */
  readonly previewOnly: boolean;
  /** Whether a person stopped it. */
  readonly interrupted: boolean;
  /** Whether the run only prepares another: what follows is that one's business. */
  readonly brief?: boolean;
  /** How far the update of an approved plan came. */
  readonly update?: UpdateProgress;
}

/** Names on the line of what was not begun, and of unexpected changes. */
const NAMES_SHOWN = 4;

/** Before the names of what was not begun. */
const NOT_BEGUN = "  not begun   ";

/** Before what to do next. */
const NEXT = "Next   ";

const namesOf = (urns: readonly string[]): string => {
  const rest = urns.length > NAMES_SHOWN ? `, ${urns.length - NAMES_SHOWN} more` : "";
  return `${urns.slice(0, NAMES_SHOWN).map(nameOf).join(", ")}${rest}`;
};

/** The closing lines of a run. */
export function closingLines(result: RunResult, options: ClosingOptions): string[] {
  const { colors, columns } = options;
  const bad = result.exitCode !== 0;
  const lines = bad ? failureLines(result, options) : successLines(result, options);
  const paint = bad ? colors.red : colors.green;
  return lines.flatMap((line, index) =>
    wrap(line, hangingOf(line), columns).map((text) => (index === 0 ? paint(text) : text)),
  );
}

/** Where the words of a closing line go on below it. */
function hangingOf(line: string): number {
  if (line.startsWith(NOT_BEGUN)) return NOT_BEGUN.length;
  return line.startsWith(NEXT) || line.startsWith(" ".repeat(NEXT.length)) ? NEXT.length : 2;
}

function successLines(result: RunResult, { operation, stack, previewOnly, brief }: ClosingOptions): string[] {
  const time = formatDuration(result.seconds);
  if (operation === "refresh")
    return [
      `The state of ${stack} was read again: ${driftCount(result)}${previewOnly ? "; nothing was saved" : ", saved"}, ${time}.`,
    ];
  if (previewOnly || operation === "preview") return previewLines(result, stack, operation, time);
  if (!result.applied) return result.changes.some(isChange) ? [`${stack}: nothing was changed.`] : [];
  if (operation === "destroy") return [`${stack} is gone: ${countText(result)}, ${time}.`];
  const outcome = `${stack} is up to date with the program: ${countText(result)}, ${time}.`;
  return brief !== true && isFirst(result) ? [outcome, ...firstSteps(stack)] : [outcome];
}

/** Whether there was nothing of the stack before. */
const isFirst = ({ changeSummary }: RunResult): boolean => Object.keys(changeSummary).join() === "create";

/** The next steps with a new stack. */
const firstSteps = (stack: string): readonly string[] => [
  `${NEXT}npx fridayproof status -s ${stack}: what runs, and who gets the traffic`,
  `${" ".repeat(NEXT.length)}npx fridayproof destroy -s ${stack}: take it down`,
];

function previewLines(result: RunResult, stack: string, operation: Operation, time: string): string[] {
  if (!result.changes.some(isChange)) return [`Previewed ${stack} in ${time}: no changes.`];
  const verb = operation === "destroy" ? "destroy" : "up";
  return [`Previewed ${stack} in ${time}: nothing was changed.`, `${NEXT}npx fridayproof ${verb} -s ${stack}`];
}

const driftCount = ({ drifts }: RunResult): string =>
  drifts.length === 0
    ? "nothing differs"
    : `${drifts.length} ${drifts.length === 1 ? "resource differs" : "resources differ"}`;

/** `1 updated, 198 unchanged`. */
function countText({ changeSummary }: Pick<RunResult, "changeSummary">): string {
  const parts = [
    ["replace", "replaced"],
    ["delete", "deleted"],
    ["update", "updated"],
    ["create", "created"],
    ["same", "unchanged"],
  ] as const;
  const counts = parts.flatMap(([op, word]) => {
    const count = changeSummary[op] ?? 0;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counts.length === 0 ? "nothing to do" : counts.join(", ");
}

function failureLines(result: RunResult, options: ClosingOptions): string[] {
  const { stack, interrupted, update } = options;
  const exit = `(exit ${result.exitCode})`;
  if (result.exitCode === EXIT_CHANGES) return [unexpected(result, exit)];
  if (result.applied) return stoppedLines(result, options, update);
  if (interrupted) return [`${stack} was not changed: the plan was stopped by you.`];
  if (result.findings.some(isBlocking)) {
    const what = result.findings.filter(isBlocking).length === 1 ? "the finding" : "the findings";
    return [`${stack} was not changed. Fix ${what} and run it again. ${exit}`];
  }
  return [`${stack} was not changed: the plan failed for the reason above. ${exit}`];
}

function unexpected({ changes, drifts }: RunResult, exit: string): string {
  const urns = [...new Set([...changes.filter(isChange), ...drifts].map(({ urn }) => urn))];
  return `x ${counted(urns.length, "change")} although none were expected: ${namesOf(urns)} ${exit}`;
}

function stoppedLines(
  result: RunResult,
  { stack, operation, interrupted }: ClosingOptions,
  update: UpdateProgress | undefined,
): string[] {
  const after = `after ${formatDuration(result.seconds)}`;
  const how = interrupted ? `stopped by you ${after}` : `stopped ${after}`;
  const next = `${NEXT}${interrupted ? "" : "remove the cause, then "}npx fridayproof ${operation === "destroy" ? "destroy" : "up"} -s ${stack}: it goes on from here`;
  if (update === undefined) return [`${stack} ${how}: what was done is saved.`, next];
  const { done, failed, total, remaining } = update;
  const open = total - done - failed;
  return [
    `${stack} ${how}: ${done} of ${total} done, ${failed} failed, ${open} not begun; all saved.`,
    ...(open > 0 && open <= NAMES_SHOWN ? [`${NOT_BEGUN}${namesOf(remaining)}`] : []),
    next,
  ];
}
