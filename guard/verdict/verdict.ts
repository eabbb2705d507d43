/** The verdict on a plan: the same plan gets the same one, without clock and network. */
import type { Mask } from "@fridayproof/components/core";
import type { Note, Plan } from "./plans/change";
import { isSourced, TABLE_VERSION, tableSize } from "./effects/table";
import type { Verdict } from "./effects/row";
import { type ChangeVerdict, rankOf } from "./change/finding";
import { classify } from "./change/classify";
import { indexOf, type PlanIndex } from "./plans/plan-index";
import { maskOfPlan } from "./plans/secrets";
import { combinedFindings } from "./combined/index";
import { runNotes } from "./combined/run-notes";

/** What is said of a plan. */
export interface PlanVerdict {
  readonly verdict: Verdict;
  /** Whether an UNKNOWN is on the path of what takes traffic. */
  readonly servingPath: boolean;
  readonly tool: Plan["tool"];
  /** The worst first, then by address. */
  readonly changes: readonly ChangeVerdict[];
  /** What belongs to the plan as a whole. */
  readonly notes: readonly Note[];
  readonly table: {
    readonly version: number;
    readonly rows: number;
    readonly sourced: number;
    readonly derived: number;
  };
  /** How many changes a row of the table with a source has decided. */
  readonly decidedBySource: number;
}

function notesOf(index: PlanIndex, changes: readonly ChangeVerdict[]): readonly Note[] {
  const { plan } = index;
  const notes: Note[] = [...plan.notes, ...runNotes(changes, index)];
  if (!plan.complete)
    notes.push({
      text: "the plan covers only a part (targets or deferrals): the rest is not checked.",
      verdict: "UNKNOWN",
    });
  if (!plan.hasUnchanged && changes.some(({ verdict }) => verdict !== "SAFE"))
    notes.push({
      text: "the path is not fully known: unchanged resources are not in this plan. Give the state with --before, or preview with --show-sames.",
    });
  if (changes.length === 0) notes.push({ text: "the plan changes nothing." });
  return notes;
}

/** Most sentences are those of rows: each is masked once. */
function remembered(mask: Mask): Mask {
  const known = new Map<string, string>();
  return (text) => {
    const maskedText = known.get(text) ?? mask(text);
    known.set(text, maskedText);
    return maskedText;
  };
}

/** Reasons repeat values of the plan: hosts, names, headers. */
function masked(change: ChangeVerdict, mask: Mask): ChangeVerdict {
  const findings = change.findings.map((finding) => ({
    ...finding,
    reason: mask(finding.reason),
    ...(finding.path === undefined ? {} : { path: mask(finding.path) }),
  }));
  return { ...change, reason: mask(change.reason), findings };
}

/** The verdict on a plan. */
export function verdictOn(plan: Plan): PlanVerdict {
  const index = indexOf(plan);
  const mask = remembered(maskOfPlan(plan));
  const reached = combinedFindings(index);
  const changes = plan.resources
    .flatMap((resource) => classify(resource, index, reached.get(resource.address) ?? []) ?? [])
    .map((change) => masked(change, mask))
    .sort(
      (left, right) =>
        rankOf(right.verdict, right.servingPath) - rankOf(left.verdict, left.servingPath) ||
        (left.address < right.address ? -1 : 1),
    );
  const notes = notesOf(index, changes).map((note) => ({ ...note, text: mask(note.text) }));
  const [worst] = changes;
  const partly = notes.some((note) => note.verdict === "UNKNOWN");
  const least = worst === undefined ? 0 : rankOf(worst.verdict, worst.servingPath);
  const isUnknown = partly && least < rankOf("UNKNOWN", true);
  return {
    verdict: isUnknown ? "UNKNOWN" : (worst?.verdict ?? "SAFE"),
    servingPath: isUnknown || (worst?.servingPath ?? false),
    tool: plan.tool,
    changes,
    notes,
    table: { version: TABLE_VERSION, ...tableSize() },
    decidedBySource: changes.filter(({ findings }) => isSourced(findings[0]?.evidence)).length,
  };
}
