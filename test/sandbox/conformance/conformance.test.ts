/** Replays the recordings of the real engine on ours: everything agrees but what the verdicts name. */
import { describe, expect, it } from "vitest";
import { engineCommand } from "./command";
import { differences, stackOutput } from "./compare";
import { PackFolder } from "./pack";
import { RecordedState } from "./recorded-state";
import { recordingOf, SCENARIOS, type Recording, type RecordedStep } from "./recording";
import { Replay } from "./replay";
import { VERDICTS, type Known, type Verdict } from "./verdicts";

/** The policy scenario starts a pack for each of its steps, seconds apiece on a busy machine. */
const PATIENCE_MS = 240_000;

describe.each(SCENARIOS)("recording %s", (scenario) => {
  const recording = recordingOf(scenario);
  const verdict = VERDICTS[scenario] ?? {};

  it("agrees with our engine", { timeout: PATIENCE_MS }, async () => {
    const packs = recording.pack === undefined ? undefined : new PackFolder(recording);
    try {
      const { unexplained, explained } = sorted(
        await compareAll(recording, verdict, new Replay(recording, packs?.start, verdict.without)),
        verdict,
      );
      expect(unexplained).toEqual([]);
      expect(explained, "a known difference that no longer shows must leave the verdicts").toEqual(
        new Set(verdict.differs ?? []),
      );
    } finally {
      packs?.remove();
    }
  });

  it("has no verdict on a step that was not recorded", () => {
    const labels = recording.steps.map((step) => step.label);
    const named = [
      ...Object.keys(verdict.notBuilt ?? {}),
      ...(verdict.chance ?? []),
      ...(verdict.differs ?? []).flatMap(({ steps = [] }) => steps),
    ];
    expect(named.filter((label) => !labels.includes(label))).toEqual([]);
  });
});

it("has verdicts only on scenarios that were recorded", () => {
  expect(Object.keys(VERDICTS).filter((scenario) => !SCENARIOS.includes(scenario))).toEqual([]);
});

interface Mismatch {
  readonly label: string;
  readonly text: string;
}

async function compareAll(recording: Recording, verdict: Verdict, replay: Replay): Promise<Mismatch[]> {
  const recorded = new RecordedState();
  const mismatches: Mismatch[] = [];
  for (const step of recording.steps) {
    if (verdict.notBuilt?.[step.label] !== undefined) continue;
    const found =
      engineCommand(step.command) === undefined ? shown(step, replay) : await compared(step, verdict, replay, recorded);
    mismatches.push(...found.map((text) => ({ label: step.label, text })));
  }
  return mismatches;
}

async function compared(
  step: RecordedStep,
  verdict: Verdict,
  replay: Replay,
  recorded: RecordedState,
): Promise<string[]> {
  const chance = verdict.chance?.includes(step.label) === true;
  const before = recorded.rows;
  const ours = await replay.run(step);
  recorded.advance(step);
  const found = differences({ step, ours, before, recorded, snapshot: replay.snapshot, chance });
  if (chance) await replay.align(recorded.keys, step);
  return found.map(({ text }) => text);
}

/** Commands that only show: the stack's outputs are compared, files and flags of the CLI are not ours. */
function shown(step: RecordedStep, replay: Replay): string[] {
  if (step.stackOutput === undefined) return [];
  const output = stackOutput(replay.snapshot, step.command.includes("--show-secrets"));
  return JSON.stringify(output) === JSON.stringify(step.stackOutput) ? [] : [`outputs: ours ${JSON.stringify(output)}`];
}

function sorted(mismatches: readonly Mismatch[], verdict: Verdict): { unexplained: string[]; explained: Set<Known> } {
  const explained = new Set<Known>();
  const unexplained: string[] = [];
  for (const { label, text } of mismatches) {
    const known = verdict.differs?.find(
      ({ steps, about }) => (steps === undefined || steps.includes(label)) && about.test(text),
    );
    if (known === undefined) unexplained.push(`${label}: ${text}`);
    else explained.add(known);
  }
  return { unexplained, explained };
}
