/** One run of the engine: its snapshot, what it has decided so far, and whether it may go on. */
import { createHash } from "node:crypto";
import type { Provider, ProviderPackage } from "../cloud/provider";
import type { Diagnostic, Listener, Op, PlanStep, PolicyFinding } from "../report/events";
import { messageOf, StoppedError, UserError } from "../errors";
import type { Goal } from "./goal";
import { PlanRecorder, type StepFacts } from "./plan";
import type { PolicyRunner } from "../policies/policy-runner";
import { ProviderRegistry, type RegisteredProvider } from "./providers";
import type { ResourceState } from "../state/resource-state";
import { Semaphore } from "./semaphore";
import type { PendingOperation, Snapshot } from "../state/snapshot";
import { matchesTarget, splitReference } from "../values/urn";

/** What a run is told at its start. */
export interface DeploymentOptions {
  readonly stack: string;
  readonly project: string;
  /** Nothing is made: providers foresee, the snapshot is a copy. */
  readonly preview: boolean;
  /** Stack configuration, `namespace:key` to text. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of `config` whose values are secret. */
  readonly secretKeys?: readonly string[];
  readonly packages: readonly ProviderPackage[];
  readonly policies?: PolicyRunner;
  /** URNs or patterns; absent means everything. */
  readonly targets?: readonly string[];
  /** URNs or patterns of what is replaced though nothing changed. */
  readonly replaces?: readonly string[];
  /** How many provider operations may be under way at once; unlimited when absent. */
  readonly parallel?: number;
  readonly listener?: Listener;
  /** Refreshing is the whole run. */
  readonly refreshOnly?: boolean;
}

/** The state of a run that all its parts share. */
export class Deployment {
  readonly registry: ProviderRegistry;
  readonly plan: PlanRecorder;
  readonly findings: PolicyFinding[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** What was registered in this run, by URN: whose options children inherit. */
  readonly goals = new Map<string, Goal>();
  /** New resources that --target left out. */
  readonly skipped = new Set<string>();
  private readonly operations: Semaphore;
  private inFlight = 0;
  private activity = 0;
  /** Whether a step failed, that is something beyond a refused input. */
  stepFailed = false;
  /** Whether a resource was refused or its step failed: an update begins nothing more. */
  halted = false;
  /** Whether the program threw: what it registered before is carried out, nothing is deleted. */
  programFailed = false;
  /** Whether a mandatory stack policy was violated after everything was made. */
  stackBlocked = false;
  /** Whether a mandatory policy stopped the update. */
  policyBlocked = false;
  private ended = false;

  constructor(
    readonly options: DeploymentOptions,
    readonly snapshot: Snapshot,
  ) {
    this.registry = new ProviderRegistry(options.packages);
    this.plan = new PlanRecorder(options.listener);
    this.operations = new Semaphore(options.parallel);
  }

  /** Whether the run ends with an error. An error that the program only logs is none. */
  get failed(): boolean {
    return this.halted || this.programFailed || this.ended;
  }

  /** Whether no new step may begin: an update stops at its first failure, a preview tells them all. */
  get stopped(): boolean {
    return this.ended || (this.halted && !this.options.preview);
  }

  /** Lets nothing new begin: what is under way ends and is saved. */
  stop(): void {
    this.ended = true;
  }

  /** Reports a failure: an update begins nothing more, and the run ends with an error. */
  fail(message: string, urn?: string): void {
    this.halted = true;
    this.report("error", message, urn);
  }

  /** Reports a warning; a replacement is checked twice and warned of once. */
  warn(message: string, urn: string): void {
    const isKnown = this.diagnostics.some((known) => known.urn === urn && known.message === message);
    if (!isKnown) this.report("warning", message, urn);
  }

  /** Reports a message. */
  report(severity: Diagnostic["severity"], message: string, urn?: string): void {
    const diagnostic: Diagnostic = { ...(urn === undefined ? {} : { urn }), severity, message };
    this.diagnostics.push(diagnostic);
    this.options.listener?.({ kind: "diagnostic", diagnostic });
  }

  /** Reports a policy finding; a replacement is examined twice and told once. */
  find(finding: PolicyFinding): void {
    if (
      this.findings.some(
        (known) => known.urn === finding.urn && known.policy === finding.policy && known.message === finding.message,
      )
    )
      return;
    this.findings.push(finding);
    this.options.listener?.({ kind: "policy", finding });
  }

  /** Runs one registration; the run is quiet when none is left and none follows. */
  async working<T>(work: () => Promise<T>): Promise<T> {
    if (this.stopped) throw new StoppedError("the run has stopped");
    this.inFlight++;
    this.activity++;
    try {
      return await work();
    } finally {
      this.inFlight--;
      this.activity++;
    }
  }

  /** Whether nothing is under way, and a mark that changes with each registration. */
  get idle(): { readonly quiet: boolean; readonly mark: number } {
    return { quiet: this.inFlight === 0, mark: this.activity };
  }

  /**
   * Carries out one step: tells its begin and end, keeps to the parallel limit, turns a failure into a diagnostic.
   * @param work what the provider does; in preview it only foresees.
   */
  async step<T>(facts: StepFacts, work: () => Promise<T>): Promise<T> {
    return this.operations.run(async () => {
      if (this.stopped) throw new StoppedError("the run has stopped");
      this.plan.begin(facts);
      try {
        const result = await work();
        this.plan.end(facts);
        return result;
      } catch (error) {
        this.plan.failed(facts, error);
        this.stepFailed = true;
        throw this.options.preview ? new UserError(`Preview failed: ${messageOf(error)}`) : error;
      }
    });
  }

  /** A step that only keeps the books. */
  note(op: Op, facts: Omit<StepFacts, "op">): void {
    this.plan.begin({ ...facts, op });
    this.plan.end({ ...facts, op });
  }

  /** The provider behind a reference: registered in this run, or known to the state (deletions, refresh). */
  providerBehind(reference: string): RegisteredProvider {
    const { urn, id } = splitReference(reference);
    const row = this.snapshot.get(urn) ?? this.snapshot.toDelete().find((other) => other.urn === urn);
    if (!this.registry.has(urn) && row !== undefined)
      return this.registry.configure(row.type, urn, id, row.inputs ?? {});
    return this.registry.behind(reference);
  }

  /** The usable provider of an existing resource. */
  providerOf(row: ResourceState): Provider {
    const { provider } = this.providerBehind(row.provider ?? "");
    if (provider === undefined) throw new Error(`the provider of ${row.urn} has an unknown configuration`);
    return provider;
  }

  /** Makes generated names repeatable: the same resource of the same stack always draws the same. */
  seedFor(urn: string): Uint8Array {
    return createHash("sha256").update(urn).digest();
  }

  /** The moment that `created` and `modified` record. */
  now(): string {
    return new Date().toISOString();
  }

  /** Notes that a provider is about to act: after a crash the next run asks the cloud what became of it. */
  begin(operation: PendingOperation): void {
    if (!this.options.preview) this.snapshot.apply({ kind: "begin", operation });
  }

  /** Notes that the provider refused and nothing happened. */
  settle(urn: string): void {
    if (!this.options.preview) this.snapshot.apply({ kind: "settle", urn });
  }

  /** Whether --target includes the URN. */
  isTargeted(urn: string): boolean {
    const { targets } = this.options;
    return targets === undefined || targets.some((pattern) => matchesTarget(pattern, urn));
  }

  /** Whether --replace includes the URN. */
  mustReplace(urn: string): boolean {
    return this.options.replaces?.some((pattern) => matchesTarget(pattern, urn)) === true;
  }

  /** The steps so far, as `preview --json` shows them. */
  get steps(): readonly PlanStep[] {
    return this.plan.steps;
  }
}
