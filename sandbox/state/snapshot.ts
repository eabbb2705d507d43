/** The resources of a stack as a run changes them: the same changes, replayed from the journal, rebuild it after a crash. */
import { renameIn, type ResourceState } from "./resource-state";

/** Work that was begun and not yet known to have ended. */
export interface PendingOperation {
  readonly resource: ResourceState;
  readonly type: "creating" | "updating" | "deleting" | "reading";
}

/** One change of the snapshot: a line of the journal. */
export type Change =
  | { readonly kind: "begin"; readonly operation: PendingOperation }
  | { readonly kind: "put"; readonly resource: ResourceState }
  | { readonly kind: "found"; readonly resource: ResourceState }
  | { readonly kind: "same"; readonly urn: string }
  | { readonly kind: "pending-delete"; readonly urn: string }
  | { readonly kind: "deleted-first"; readonly urn: string }
  | { readonly kind: "drop"; readonly urn: string; readonly id?: string; readonly pendingDelete: boolean }
  | { readonly kind: "rename"; readonly from: string; readonly to: string }
  | { readonly kind: "settle"; readonly urn: string };

/** How many objects of each URN were deleted or will be: generated names and values are drawn by it. */
export type Generations = Readonly<Record<string, number>>;

const pendingDeleteKey = (urn: string, id: string | undefined): string => `${urn}|${id ?? ""}`;

/** All resources: those this run has reached (in order of completion), those it has not, and those replaced and to be deleted. */
export class Snapshot {
  private readonly reached = new Map<string, ResourceState>();
  private readonly waiting: Map<string, ResourceState>;
  private readonly pendingDelete = new Map<string, ResourceState>();
  private readonly begun = new Map<string, PendingOperation>();
  private readonly generationCounts: Map<string, number>;

  constructor(
    resources: readonly ResourceState[],
    pending: readonly PendingOperation[] = [],
    private readonly record: (change: Change) => void = () => undefined,
    generations: Generations = {},
  ) {
    this.generationCounts = new Map(Object.entries(generations));
    this.waiting = new Map(
      resources.filter((resource) => resource.delete !== true).map((resource) => [resource.urn, resource]),
    );
    for (const resource of resources)
      if (resource.delete === true) this.pendingDelete.set(pendingDeleteKey(resource.urn, resource.id), resource);
    for (const operation of pending) this.begun.set(operation.resource.urn, operation);
  }

  /** The same resources, of which nothing is recorded: for a preview. */
  copy(): Snapshot {
    return new Snapshot(this.list(), this.pending(), undefined, this.generations());
  }

  /** What must outlive the resources: an object created again must not get the generated values of the one before it. */
  generations(): Generations {
    return Object.fromEntries(this.generationCounts);
  }

  /**
   * How many objects of this URN there were before the one that a step would make now. The real engine draws a new seed
   * for each check (Pulumi pkg/resource/deploy/step_generator.go, randomSeed); this number makes it new and repeatable.
   */
  nextGeneration(urn: string): number {
    const resource = this.get(urn);
    const isLive = resource !== undefined && resource.pendingReplacement !== true;
    return (this.generationCounts.get(urn) ?? 0) + (isLive ? 1 : 0);
  }

  /** In the order of the state file: dependencies before what needs them, replaced ones last. */
  list(): ResourceState[] {
    return [...this.reached.values(), ...this.waiting.values(), ...this.pendingDelete.values()];
  }

  /** The live resource of this URN. */
  get(urn: string): ResourceState | undefined {
    return this.reached.get(urn) ?? this.waiting.get(urn);
  }

  /** Every live resource. */
  live(): ResourceState[] {
    return [...this.reached.values(), ...this.waiting.values()];
  }

  /** Live resources that this run has not reached: what the program no longer declares, once it has ended. */
  unreached(): ResourceState[] {
    return [...this.waiting.values()];
  }

  /** Replaced resources whose deletion is still to come. */
  toDelete(): ResourceState[] {
    return [...this.pendingDelete.values()];
  }

  /** Operations that were begun and never settled: what a crash left. */
  pending(): PendingOperation[] {
    return [...this.begun.values()];
  }

  /** Applies a change and records it. */
  apply(change: Change): void {
    this.record(change);
    this.replay(change);
  }

  /** Applies a change that is already recorded. */
  replay(change: Change): void {
    switch (change.kind) {
      case "begin":
        this.begun.set(change.operation.resource.urn, change.operation);
        return;
      case "settle":
        this.begun.delete(change.urn);
        return;
      case "put":
        return this.put(change.resource);
      case "found":
        return this.find(change.resource);
      case "same":
        return this.reach(change.urn);
      case "pending-delete":
        return this.markPendingDelete(change.urn);
      case "deleted-first":
        return this.markDeletedFirst(change.urn);
      case "drop":
        return this.drop(change.urn, change.id, change.pendingDelete);
      case "rename":
        return this.rename(change.from, change.to);
    }
  }

  private put(resource: ResourceState): void {
    this.begun.delete(resource.urn);
    this.waiting.delete(resource.urn);
    // A resource that was reached before (outputs of a component or of the stack) keeps its place: parents stay before children.
    this.reached.set(resource.urn, resource);
  }

  /** What the cloud turned out to hold: the resource keeps its place, and the program may still not declare it. */
  private find(resource: ResourceState): void {
    this.begun.delete(resource.urn);
    (this.reached.has(resource.urn) ? this.reached : this.waiting).set(resource.urn, resource);
  }

  private reach(urn: string): void {
    const resource = this.waiting.get(urn);
    if (resource === undefined) return;
    this.waiting.delete(urn);
    this.reached.set(urn, resource);
  }

  private markPendingDelete(urn: string): void {
    const resource = this.get(urn);
    if (resource === undefined) return;
    this.count(urn);
    this.waiting.delete(urn);
    this.reached.delete(urn);
    this.pendingDelete.set(pendingDeleteKey(urn, resource.id), { ...resource, delete: true });
  }

  /** The resource keeps its place: its replacement, or the end of the run, removes it. */
  private markDeletedFirst(urn: string): void {
    this.begun.delete(urn);
    this.count(urn);
    for (const resources of [this.reached, this.waiting]) {
      const resource = resources.get(urn);
      if (resource !== undefined) resources.set(urn, { ...resource, pendingReplacement: true });
    }
  }

  private drop(urn: string, id: string | undefined, pendingDelete: boolean): void {
    this.begun.delete(urn);
    if (pendingDelete) this.pendingDelete.delete(pendingDeleteKey(urn, id));
    else {
      this.count(urn);
      this.waiting.delete(urn);
      this.reached.delete(urn);
    }
  }

  /** Counts the live object of this URN as gone; one that was deleted first is counted already. */
  private count(urn: string): void {
    if (this.get(urn)?.custom === true) this.generationCounts.set(urn, this.nextGeneration(urn));
  }

  /** Order is kept: a renamed resource takes the place of its old name. No live resource may have the new name yet. */
  private rename(from: string, to: string): void {
    const before = Math.max(this.generationCounts.get(from) ?? 0, this.generationCounts.get(to) ?? 0);
    if (before > 0) this.generationCounts.set(to, before);
    // A resource declared under the old name later must not get what the renamed one keeps.
    this.count(from);
    const renamed = (resource: ResourceState): ResourceState => renameIn(resource, from, to);
    for (const resources of [this.reached, this.waiting])
      refill(resources, [...resources.values()].map(renamed), ({ urn }) => urn);
    refill(this.pendingDelete, this.toDelete().map(renamed), ({ urn, id }) => pendingDeleteKey(urn, id));
    // What is under way may be behind the renamed resource, as behind a provider: a crash must find it there.
    const begun = this.pending().map(({ type, resource }) => ({ type, resource: renamed(resource) }));
    refill(this.begun, begun, ({ resource }) => resource.urn);
  }
}

function refill<Row>(resources: Map<string, Row>, anew: readonly Row[], keyOf: (resource: Row) => string): void {
  resources.clear();
  for (const resource of anew) resources.set(keyOf(resource), resource);
}
