/** What the sandbox must know of one AWS type: everything that its schema cannot say. */
import type { PropertyMap, Value } from "../../../engine/values";
import type { CloudObject } from "../../account";
import type { Making } from "../making";

/** An output: a literal, a text with `{places}` (see {@link Making.fill}), or a calculation; undefined leaves it out. */
export type Output = Value | ((made: Making) => Value | undefined);

/** What the service says of a name that it refuses. */
export interface Naming {
  /** Property that holds the name; `name` when absent. */
  readonly property?: string;
  readonly min?: number;
  /** Characters. */
  readonly max: number;
  /** What the whole name must match. */
  readonly pattern: RegExp;
  readonly code: string;
  /** The service's sentence; `{name}` is the refused name, `{max}` the limit. */
  readonly message: string;
  /** Page of the service that states the rule. */
  readonly source: string;
}

/** What the service says when the name is taken. */
export interface Unique {
  /** Properties that are unique together, in the type's scope. */
  readonly by: readonly string[];
  readonly code: string;
  /** The service's sentence, with places. */
  readonly message: string;
  /** Page of the service that lists the error. */
  readonly source: string;
}

/** One AWS type. Adding a type is one such entry in one file, then `npm run schema`. */
export interface AwsType {
  /** File of hashicorp/terraform-provider-aws that says what forces a replacement; below `internal/service/`. */
  readonly source: string;
  /** Paths whose change replaces the object, without list indexes; the name of the type is said by `source`. */
  readonly forceNew: readonly string[];
  /** Paths that force a replacement only for some changes. */
  readonly forceNewIf?: Readonly<Record<string, (old: PropertyMap, now: PropertyMap) => boolean>>;
  /** Where objects live; a region unless said. */
  readonly scope?: "global";
  /** The id, a text with places or a calculation. */
  readonly id: string | ((made: Making) => string);
  /** The ARN, a text with places; the `arn` output when the schema has one. */
  readonly arn?: string;
  /** Inputs that the provider's schema fills in. */
  readonly defaults?: PropertyMap;
  /** How a missing name is made up; `name`, 255 characters, separator `-` unless said. */
  readonly autoname?: { readonly property?: string; readonly max?: number; readonly prefix?: string };
  readonly outputs?: Readonly<Record<string, Output>>;
  /** Outputs that every update changes: unknown in its preview. */
  readonly volatile?: readonly string[];
  /** Paths whose list order counts; lists of plain values are sets elsewhere. */
  readonly ordered?: readonly string[];
  /** What inputs must exist: path to a kind of `refusals/references.ts`. */
  readonly references?: Readonly<Record<string, string>>;
  readonly naming?: Naming;
  readonly unique?: Unique;
  /** Objects that AWS makes together with this one and removes with it. */
  readonly companions?: (made: Making) => readonly Omit<CloudObject, "urn" | "scope">[];
}
