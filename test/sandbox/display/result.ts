/** Results of runs for the tests of the display. */
import type { ChangeOp, ResourceChange } from "../../../sandbox/events/changes";
import type { RunResult } from "../../../sandbox/events/events";

/** A run that did nothing and went well, with other facts over it. */
export function runResult(more: Partial<RunResult>): RunResult {
  return {
    exitCode: 0,
    plan: { steps: [], duration: 0, changeSummary: {} },
    findings: [],
    diagnostics: [],
    outputs: {},
    changeSummary: {},
    seconds: 1.52,
    applied: true,
    leavesState: false,
    changes: [],
    drifts: [],
    known: [],
    ...more,
  };
}

/** A change of `aws:ec2/vpc:Vpc`, with what is special about it. */
export function change(op: ChangeOp, name: string, more: Partial<ResourceChange> = {}): ResourceChange {
  const type = "aws:ec2/vpc:Vpc";
  const urn = `urn:pulumi:dev::fridayproof::${type}::${name}`;
  const row = { urn, type, custom: true };
  return {
    op,
    urn,
    custom: true,
    replaces: [],
    deleteFirst: false,
    ...(op === "create" ? {} : { old: row }),
    ...(op === "delete" ? {} : { now: row }),
    ...more,
  };
}
