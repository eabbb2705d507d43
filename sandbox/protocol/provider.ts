/** What an engine and a provider agree on: the small interface every simulated provider implements, plain data in, plain data out. */
import type { DiffKind, DiffResult } from "../property/diff";
import type { PropertyMap } from "../property/values";
import type { Construction } from "./construction";

export type { DiffKind, DiffResult };

/** A value now or later: the simulated clouds return at once, test providers may wait. */
export type Eventually<T> = T | Promise<T>;

/** One property that Check refuses; an empty `property` means the resource as a whole. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** The result of Check. */
export interface Checked {
  /** The inputs, completed. */
  readonly inputs: PropertyMap;
  /** What is refused; nothing is done when there is any. */
  readonly failures: readonly CheckFailure[];
  /** Warnings for the reader of a plan, where nothing is refused. */
  readonly warnings?: readonly string[];
}

/** Which resource a call is about. */
export interface ResourceIdentity {
  readonly urn: string;
  /** Pulumi type token, such as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** Logical name, the last part of the URN. */
  readonly name: string;
  /** On create: how many objects of this URN there were before, so that what is drawn differs from theirs; 0 when absent. */
  readonly generation?: number;
}

/** A resource that exists: from the state, or as it was read. */
export interface Known {
  readonly id: string;
  /** What was last written. */
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** What create returns: the object's id and outputs. */
export type CreateResult = Pick<Known, "id" | "outputs">;

/** A provider that has its configuration. Values are plain (secrets opened by the caller); unknowns are the sentinel. */
export interface Provider {
  /** Validates and completes inputs: defaults, names. `olds` are the old inputs, empty on create. `seed` makes generated names repeatable. */
  check(identity: ResourceIdentity, olds: PropertyMap, news: PropertyMap, seed: Uint8Array): Eventually<Checked>;
  /** Compares. Paths in `ignoreChanges` were already put back by the engine. */
  diff(identity: ResourceIdentity, old: Known, news: PropertyMap): Eventually<DiffResult>;
  /** Makes the object, or in preview only foresees it: what cannot be known yet is the unknown sentinel, id `""`. @throws CloudError */
  create(identity: ResourceIdentity, inputs: PropertyMap, preview: boolean): Eventually<CreateResult>;
  /** Reads the object as it is; undefined when it is gone. Inputs are what `create` would take to make it so. */
  read(identity: ResourceIdentity, id: string, known: Omit<Known, "id">): Eventually<Known | undefined>;
  /** Changes the object in place. @throws CloudError */
  update(
    identity: ResourceIdentity,
    old: Known,
    news: PropertyMap,
    preview: boolean,
  ): Eventually<Pick<CreateResult, "outputs">>;
  /** Removes the object; removing what is gone succeeds. @throws CloudError */
  delete(identity: ResourceIdentity, old: Known): Eventually<void>;
  /** Invokes a data source such as `aws:route53/getZone:getZone`. @throws CloudError */
  invoke(token: string, args: PropertyMap): Eventually<PropertyMap>;
  /** What a remote component of this package consists of. */
  construct?(identity: ResourceIdentity, inputs: PropertyMap): Eventually<Construction>;
  /** What exists in the cloud for this URN and in no state: what a crash left. */
  adopt?(identity: ResourceIdentity): Eventually<readonly Known[]>;
}

/** One package (aws, kubernetes, ...) before it has a configuration. */
export interface ProviderPackage {
  readonly name: string;
  /** Whether it makes remote components: those receive secrets sealed, and with each input what it depends on. */
  readonly constructs?: boolean;
  /** Whether it has resources of this type; any will do where this is absent. */
  knows?(type: string): boolean;
  /** Validates provider configuration. */
  checkConfig(news: PropertyMap): Checked;
  /** Whether a change of configuration replaces everything behind it. */
  diffConfig(olds: PropertyMap, news: PropertyMap): DiffResult;
  /** A provider with this configuration; called only when all of it is known. */
  configure(config: PropertyMap): Provider;
}

/** A refusal of the simulated cloud: the error of AWS or the API server. */
export class CloudError extends Error {
  /**
   * @param code the owner's error code, such as `InvalidVpcID.NotFound`.
   * @param message the whole sentence.
   */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = "CloudError";
  }
}

/** The object exists but never became ready: the engine saves it with its reasons and fails. */
export class InitError extends Error {
  constructor(
    readonly result: CreateResult,
    readonly reasons: readonly string[],
  ) {
    super("init failed");
    this.name = "InitError";
  }
}

/** A data source that refuses its arguments: the SDK words the reasons for the program. */
export class InvokeFailure extends Error {
  constructor(readonly failures: readonly CheckFailure[]) {
    super(failures.map(({ reason }) => reason).join("; "));
    this.name = "InvokeFailure";
  }
}
