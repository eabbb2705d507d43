/** How far the update of a plan has come: with the plan's own total, a line for each component that is through. */
import type { ResourceChange } from "../../events/changes";
import type { Op, StepEvent } from "../../events/events";
import { formatDuration } from "../text/duration";
import type { Colors } from "../text/terminal";
import { isChange, type PlanModel, type PlannedComponent } from "./model";

/** Steps whose end is the end of a change; a replacement ends with the deletion of the old one. */
const ENDS: Readonly<Partial<Record<Op, ResourceChange["op"]>>> = {
  create: "create",
  update: "update",
  delete: "delete",
  "create-replacement": "replace",
};

interface ComponentProgress {
  readonly component: PlannedComponent;
  readonly open: Set<string>;
  since?: number;
}

/** Counts what ended, by component. */
export class UpdateProgress {
  private readonly byUrn = new Map<string, ComponentProgress>();
  private readonly all: readonly ComponentProgress[];
  private doneCount = 0;
  private readonly failures = new Set<string>();

  constructor(
    { components }: PlanModel,
    private readonly colors: Colors,
  ) {
    this.all = components.map((component) => ({
      component,
      open: new Set(component.changes.filter(isChange).map(({ urn }) => urn)),
    }));
    for (const progress of this.all) for (const urn of progress.open) this.byUrn.set(urn, progress);
  }

  /** How many resources the plan changes. */
  get total(): number {
    return this.byUrn.size;
  }

  /** How many of them are through. */
  get done(): number {
    return this.doneCount;
  }

  /** How many of them failed. */
  get failed(): number {
    return this.failures.size;
  }

  /** URNs of what has not begun or not ended. */
  get remaining(): readonly string[] {
    return this.all.flatMap(({ open }) => [...open].filter((urn) => !this.failures.has(urn)));
  }

  /** A step began, ended or failed. @returns the line of a component that is through with it. */
  advance(event: StepEvent, now: number): string | undefined {
    const progress = this.byUrn.get(event.urn);
    if (progress === undefined || ENDS[event.op] === undefined) return undefined;
    progress.since ??= now;
    if (event.phase === "begin") return undefined;
    if (event.phase === "failed") this.failures.add(event.urn);
    else if (progress.open.delete(event.urn)) this.doneCount++;
    return progress.open.size === 0 && event.phase === "end" ? this.lineOf(progress, now) : undefined;
  }

  private lineOf({ component, since = 0 }: ComponentProgress, now: number): string {
    const { name, changes } = component;
    const counts = PARTS.flatMap(([op, word]) => {
      const count = changes.filter((change) => change.op === op).length;
      return count === 0 ? [] : [`${count} ${word}`];
    });
    const [sign, paint] = component.isNew ? (["+", this.colors.green] as const) : (["~", this.colors.yellow] as const);
    const time = formatDuration((now - since) / MILLISECONDS);
    return `${paint(sign)} ${name === "" ? "outside components" : name}   ${counts.join(", ")}   ${this.colors.dim(time)}`;
  }
}

const MILLISECONDS = 1000;

const PARTS = [
  ["replace", "replaced"],
  ["delete", "deleted"],
  ["update", "updated"],
  ["create", "created"],
  ["same", "with another protection"],
] as const;
