/** The sandbox's entry for one AWS type: everything that its schema lacks. Entries are the YAML files of `types/`. */
import { readdirSync } from "node:fs";
import path from "node:path";
import type { PropertyMap, Value } from "../../../property/values";
import { readTable } from "../../tables/tables";

/** The service's message for a name that it refuses. */
export interface Naming {
  /** Property that holds the name; `name` when absent. */
  readonly property?: string;
  readonly min?: number;
  /** Characters. */
  readonly max: number;
  /** Regular expression that the whole name must match. */
  readonly pattern: string;
  readonly code: string;
  /** The service's sentence; `{name}` is the refused name, `{max}` the limit. */
  readonly message: string;
  /** Page of the service that states the rule. */
  readonly source: string;
}

/** The service's message when the name is taken. */
export interface Unique {
  /** Properties that are unique together, in the type's scope. */
  readonly by: readonly string[];
  readonly code: string;
  /** The service's sentence, with places. */
  readonly message: string;
  /** Page of the service that lists the error. */
  readonly source: string;
}

/** What AWS makes together with an object and removes with it: `outputs` are those beside the inputs. */
export interface Companion {
  readonly type: string;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  /** Value of an input of the object with which it does not come. */
  readonly unless?: { readonly path: string; readonly is: string };
}

/**
 * One AWS type. Adding a type is one such entry in one file, then `npm run schema`.
 *
 * Texts may hold places: `{account}`, `{region}`, `{id}`, `{arn}`, `{hash17}` (hex digits), `{HASH17}` (upper case),
 * `{hash17:salt}` (other digits of the same object), or a path of the inputs. `=name` calls a function of `computed-outputs.ts`, `{=name}` inside a text.
 */
export interface AwsType {
  /** File of hashicorp/terraform-provider-aws, below `internal/service/`, that defines what forces a replacement. */
  readonly source: string;
  /** Paths whose change replaces the object, without list indexes. */
  readonly forceNew: readonly string[];
  /** Paths whose removal replaces the object though a change does not. */
  readonly forceNewIfRemoved?: readonly string[];
  /** Paths whose removal from the program is no difference: the object keeps what it had. */
  readonly keptIfRemoved?: readonly string[];
  /** Where objects live; a region unless set. */
  readonly scope?: "global";
  readonly id: string;
  /** The ARN; also the `arn` output when the schema has one. */
  readonly arn?: string;
  /** Inputs that the provider's schema fills in. */
  readonly defaults?: PropertyMap;
  /**
   * How pulumi-aws makes up a missing name: `name`, 255 characters, no prefix unless set. Its limit is not always the
   * service's, which `naming` has. Source: pulumi-aws provider/resource_overrides.go, aliases.go, autonaming.go.
   */
  readonly autoname?: { readonly property?: string; readonly max?: number; readonly prefix?: string };
  /** Outputs. An input of the same name wins; blocks are merged; only a function overrules an input. */
  readonly outputs?: Readonly<Record<string, Value>>;
  /** Outputs that every update changes: unknown in its preview. */
  readonly volatile?: readonly string[];
  /** Paths whose list order counts; lists of plain values are sets elsewhere. */
  readonly ordered?: readonly string[];
  /** What inputs must exist: path to a kind of `cloud/aws/validation/kinds.yaml`. */
  readonly references?: Readonly<Record<string, string>>;
  /** Numbers that the provider's schema bounds below, by path: the least one, and the property as Terraform calls it. */
  readonly atLeast?: Readonly<Record<string, { readonly least: number; readonly as: string }>>;
  readonly naming?: Naming;
  readonly unique?: Unique;
  readonly companions?: readonly Companion[];
}

/** Every AWS type of the sandbox, by Pulumi token. */
export const AWS_TYPES: Readonly<Record<string, AwsType>> = Object.assign(
  {},
  ...readdirSync(path.join(__dirname, "../types")).map((file) => readTable(`aws/types/${file}`)),
) as Record<string, AwsType>;
