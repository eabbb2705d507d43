/** One run of the engine: its options, its decisions so far, and whether it may go on. */
import type { Provider, ProviderPackage } from "../protocol/provider";
import { messageOf, StoppedError, UserError } from "../core/errors";
import type { PolicyRunner } from "./policy-runner";
import type { Listener, Operation } from "../events/events";
import type { Configuration } from "../events/plan";
import { Recorder } from "../events/recorder";
import type { StepFacts } from "../events/step-facts";
import type { Goal } from "../state/goal";
import type { ResourceState } from "../state/resource-state";
import type { PendingOperation, Snapshot } from "../state/snapshot";
import { configMask } from "../property/mask";
import { makeUrn, matchesTarget, splitReference } from "../property/urn";
import { requireApproved, type ApprovedSteps } from "./approval";
import { ProviderRegistry } from "./providers";
import { Semaphore } from "./semaphore";
import { UnknownTypes } from "./unknown-types";

/** Options of a run. */
export interface DeploymentOptions extends Configuration {
  readonly operation: Operation;
  readonly stack: string;
  readonly project: string;
  /** A refresh or destroy that only reports what it would do. */
  readonly previewOnly?: boolean;
  readonly packages: readonly ProviderPackage[];
  readonly policies?: PolicyRunner;
  /** URNs or patterns; absent means everything. */
  readonly targets?: readonly string[];
  /** URNs or patterns of what is replaced though nothing changed. */
  readonly replaces?: readonly string[];
  /** How many provider operations may be under way at once; unlimited when absent. */
  readonly parallel?: number;
  readonly listener?: Listener;
  /** What an approved plan allows the run; everything where absent. */
  readonly approved?: ApprovedSteps;
}

/** The state of a run that all its parts share. */
export class Deployment {
  /** Nothing is made: providers foresee, and the snapshot is a copy. */
  readonly preview: boolean;
  readonly registry: ProviderRegistry;
  readonly record: Recorder;
  readonly unknownTypes: UnknownTypes;
  /** What was registered in this run, by URN: whose options children inherit. */
  readonly goals = new Map<string, Goal>();
  /** URNs of the state that an alias claimed, and by whom. */
  readonly renamed = new Map<string, string>();
  /** New resources that --target left out. */
  readonly skipped = new Set<string>();
  /** Whether a step or a rule about the whole stack failed, that is something beyond a refused input. */
  stepFailed = false;
  /** Whether a resource was refused or its step failed: an update begins nothing more. */
  halted = false;
  /** Whether an option names something that is not there. */
  misused = false;
  /** Whether the program threw: what it registered before is carried out, nothing is deleted. */
  programFailed = false;
  private readonly operations: Semaphore;
  private inFlight = 0;
  private activity = 0;
  private ended = false;

  constructor(
    readonly options: DeploymentOptions,
    readonly snapshot: Snapshot,
  ) {
    this.preview = options.operation === "preview" || options.previewOnly === true;
    this.registry = new ProviderRegistry(options.packages);
    this.unknownTypes = new UnknownTypes(this.registry);
    this.record = new Recorder(options.listener, configMask(options.config, options.secretKeys));
    this.operations = new Semaphore(options.parallel);
  }

  /** Whether the run ends with an error. An error that the program only logs is none. */
  get failed(): boolean {
    return this.halted || this.programFailed || this.ended;
  }

  /** Whether no new step may begin: an update stops at its first failure, a preview reports them all. */
  get stopped(): boolean {
    return this.ended || (this.halted && !this.preview);
  }

  /** Begins nothing new: what is under way ends and is saved. */
  stop(): void {
    this.ended = true;
  }

  /** The same where an option is wrong: nothing that the program or an account does would mend it. */
  misuse(message: string): void {
    this.misused = true;
    this.fail(message);
  }

  /** Reports a failure: an update begins nothing more, and the run ends with an error. */
  fail(message: string, urn?: string): void {
    this.halted = true;
    this.record.report("error", message, urn);
  }

  /**
   * Fails the run once for all unknown types of the program.
   * @param type of the resource that is about to be registered.
   * @throws StoppedError where its type is one of them, and in an update for every resource.
   */
  rejectUnknownTypes(type: string): void {
    const message = this.unknownTypes.takeMessage();
    if (message !== undefined) this.fail(message);
    if (this.stopped || this.unknownTypes.has(type)) throw new StoppedError(`no package has ${type}`);
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
   * Carries out one step: reports its begin and end, keeps to the parallel limit, turns a failure into a diagnostic.
   * @param work what the provider does; in preview it only foresees.
   */
  async step<T>(facts: StepFacts, work: () => Promise<T>): Promise<T> {
    return this.operations.run(async () => {
      if (this.stopped) throw new StoppedError("the run has stopped");
      requireApproved(this.options.approved, facts);
      this.record.begin(facts);
      try {
        const result = await work();
        this.record.end(facts);
        return result;
      } catch (error) {
        this.record.failed(facts, error);
        this.stepFailed = true;
        throw this.preview ? new UserError(`Preview failed: ${messageOf(error)}`) : error;
      }
    });
  }

  /** Notes that a provider is about to act: after a crash the next run reads from the cloud what became of it. */
  begin(operation: PendingOperation): void {
    if (!this.preview) this.snapshot.apply({ kind: "begin", operation });
  }

  /** Notes that the provider refused and nothing happened. */
  settle(urn: string): void {
    if (!this.preview) this.snapshot.apply({ kind: "settle", urn });
  }

  /**
   * The provider behind a reference: registered in this run, or known to the state (deletions, refresh).
   * @returns undefined while its configuration is unknown.
   * @throws UserError where there is none of that name.
   */
  providerBehind(reference: string): Provider | undefined {
    const { urn, id } = splitReference(reference);
    const known = this.registry.get(reference);
    if (known !== undefined) return known.provider;
    const resources = [this.snapshot.get(urn), ...this.snapshot.toDelete()].filter((resource) => resource?.urn === urn);
    const resource = resources.find((one) => one?.id === id) ?? resources[0];
    if (resource === undefined) throw new UserError(`unknown provider reference '${reference}'`);
    return this.registry.configure(resource.type, urn, id, resource.inputs ?? {});
  }

  /** The usable provider of an existing resource. */
  providerOf(resource: ResourceState): Provider {
    const provider = this.providerBehind(resource.provider ?? "");
    if (provider === undefined) throw new Error(`the provider of ${resource.urn} has an unknown configuration`);
    return provider;
  }

  /** The URN of a resource in this stack. */
  urnOf({ parent, type, name }: Pick<Goal, "parent" | "type" | "name">): string {
    return makeUrn(this.options.stack, this.options.project, parent, type, name);
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
}
