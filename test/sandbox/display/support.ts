/** What the display tests share: no colours, a terminal that remembers, events in one line. */
import pc from "picocolors";
import type { Terminal } from "../../../sandbox/display/text/terminal";
import type { Op, StepEvent } from "../../../sandbox/events/events";

/** Colours that change nothing. */
export const plain = pc.createColors(false);

/** A terminal that keeps what was written. */
export function recordingTerminal(
  live: boolean,
  columns = 80,
  more: Partial<Terminal> = {},
): Terminal & { readonly text: () => string } {
  let written = "";
  const look = { colors: plain, live, plain: false, unicode: true, folds: false, columns, ...more };
  return { ...look, write: (text) => void (written += text), text: () => written };
}

/** A step event on `aws:ec2/vpc:Vpc`. */
export function step(op: Op, name: string, phase: StepEvent["phase"], more: Partial<StepEvent> = {}): StepEvent {
  const type = "aws:ec2/vpc:Vpc";
  return {
    kind: "step",
    phase,
    op,
    urn: `urn:pulumi:dev::fridayproof::${type}::${name}`,
    type,
    name,
    diffs: [],
    hidden: false,
    ...more,
  };
}
