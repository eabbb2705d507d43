/** The real engine's state as the recordings tell it. */
import { rowKey, setsSorted, type Json, type RecordedStep } from "./recording";

/** One row of a state. */
export type Row = Readonly<Record<string, Json>>;

/** The real engine's state, step by step: rows that did not change are only named in a recording. */
export class RecordedState {
  rows: readonly Row[] = [];
  private readonly known = new Map<string, Row>();

  /** Takes over a step's state; true when it has one. */
  advance(step: RecordedStep): boolean {
    if (step.state === undefined) return false;
    this.rows = step.state.map((row) => (typeof row === "string" ? (this.known.get(row) as Row) : setsSorted(row)));
    for (const row of this.rows) this.known.set(rowKey(row), row);
    return true;
  }

  /** What tells the rows apart. */
  get keys(): string[] {
    return this.rows.map(rowKey);
  }

  /** The row of this key as it was last written out. */
  last(key: string): Row | undefined {
    return this.known.get(key);
  }
}
