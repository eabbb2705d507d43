/** The small interface every simulated provider implements: plain data in, plain data out. */
import type { DiffKind, DiffResult } from "../values/diff";
import type { PropertyMap } from "../values/values";

export type { DiffKind, DiffResult };

/** A value now or later: the simulated clouds answer at once, test providers may wait. */
export type Eventually<T> = T | Promise<T>;

/** One property that Check refuses; an empty `property` means the resource as a whole. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** What Check answers. */
export interface Checked {
  /** The inputs, completed. */
  readonly inputs: PropertyMap;
  /** What is refused; nothing is done when there is any. */
  readonly failures: readonly CheckFailure[];
  /** What the reader of a plan must know although nothing is refused. */
  readonly warnings?: readonly string[];
}

/** Which resource a call is about. */
export interface Subject {
  readonly urn: string;
  /** Pulumi type token, such as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** Logical name, the last part of the URN. */
  readonly name: string;
}

/** A cloud object as a provider returns it. */
export interface Made {
  readonly id: string;
  readonly outputs: PropertyMap;
}

/** A child of a remote component, as plain data: registered by the engine, or by the SDK under a real CLI. */
export interface ConstructedChild {
  readonly type: string;
  readonly name: string;
  /** Custom resources go to a provider; others are components. */
  readonly custom: boolean;
  /** Inputs; a {@link ChildOutput} anywhere inside is replaced by that child's output. */
  readonly inputs: PropertyMap;
  /** Logical name of the parent within this construction; the component itself when absent. */
  readonly parent?: string;
  /** Logical names of children that must exist first, beside those whose outputs are inputs. */
  readonly dependsOn?: readonly string[];
  readonly ignoreChanges?: readonly string[];
  /** Package version that the component's own SDK would send, such as `7.48.0`. */
  readonly version?: string;
  /** Provider of this child by its name within this construction, such as a kubernetes provider made here. */
  readonly provider?: string;
  /** Per property of this child, the component's inputs that flow into it: what those depend on, the child depends on too. */
  readonly takes?: Readonly<Record<string, readonly string[]>>;
}

/** A place in {@link ConstructedChild.inputs} or {@link Construction.outputs} that takes a child's value: `{ "$child": name, "$output": "arn" }`; `$output: "$ref"` gives a resource reference, `"id"` the id, otherwise a path into the outputs. Derived forms (`$json`, `$join`, ...) stand beside it: `resolve` in `construction.ts` reads them all. */
export interface ChildOutput {
  readonly $child: string;
  readonly $output: string;
}

/** What a remote component consists of. */
export interface Construction {
  /** In dependency order. */
  readonly children: readonly ConstructedChild[];
  readonly outputs: PropertyMap;
}

/** A provider that has its configuration. Values are plain (secrets opened by the caller); unknowns are the sentinel. */
export interface Provider {
  /** Validates and completes inputs: defaults, names. `olds` are the old inputs, empty on create. `seed` makes generated names repeatable. */
  check(subject: Subject, olds: PropertyMap, news: PropertyMap, seed: Uint8Array): Eventually<Checked>;
  /** Compares; `oldInputs` are what was last written. Paths in `ignoreChanges` were already put back by the engine. */
  diff(
    subject: Subject,
    old: { id: string; inputs: PropertyMap; outputs: PropertyMap },
    news: PropertyMap,
  ): Eventually<DiffResult>;
  /** Makes the object, or in preview only foresees it: what cannot be known yet is the unknown sentinel, id `""`. @throws CloudError */
  create(subject: Subject, inputs: PropertyMap, preview: boolean): Eventually<Made>;
  /** Reads the object as it is; undefined when it is gone. Inputs are what `create` would take to make it so. */
  read(
    subject: Subject,
    id: string,
    known: { inputs: PropertyMap; outputs: PropertyMap },
  ): Eventually<(Made & { inputs: PropertyMap }) | undefined>;
  /** Changes the object in place. @throws CloudError */
  update(
    subject: Subject,
    old: { id: string; inputs: PropertyMap; outputs: PropertyMap },
    news: PropertyMap,
    preview: boolean,
  ): Eventually<{ outputs: PropertyMap }>;
  /** Removes the object; removing what is gone succeeds. @throws CloudError */
  delete(subject: Subject, old: { id: string; inputs: PropertyMap; outputs: PropertyMap }): Eventually<void>;
  /** Answers a data source such as `aws:route53/getZone:getZone`. @throws CloudError */
  invoke(token: string, args: PropertyMap): Eventually<PropertyMap>;
  /** What a remote component of this package consists of. */
  construct?(subject: Subject, inputs: PropertyMap): Eventually<Construction>;
  /** What exists in the cloud for this URN though no state knows it: what a crash left. */
  adopt?(subject: Subject): Eventually<readonly (Made & { inputs: PropertyMap })[]>;
}

/** One package (aws, kubernetes, ...) before it has a configuration. */
export interface ProviderPackage {
  readonly name: string;
  /** Validates provider configuration. */
  checkConfig(news: PropertyMap): { inputs: PropertyMap; failures: readonly CheckFailure[] };
  /** Whether a change of configuration replaces everything behind it. */
  diffConfig(olds: PropertyMap, news: PropertyMap): DiffResult;
  /** A provider with this configuration; called only when all of it is known. */
  configure(config: PropertyMap): Provider;
}

/** A refusal of the simulated cloud: what AWS or the API server would have answered. */
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
    readonly made: Made,
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
