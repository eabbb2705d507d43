/** One AWS object while it is created, changed or deleted: its inputs, the account around it, and the values derived from both. */
import { atOutputPath } from "../../../protocol/construction";
import type { ResourceIdentity } from "../../../protocol/provider";
import { valuesAt } from "../../../property/paths";
import { mapValue, type PropertyMap, type Value } from "../../../property/values";
import { unowned, type Account, type CloudObject } from "../../account/account";
import { hashHex } from "../../account/hash-hex";
import type { AwsType, Companion } from "./entry";
import type { Facts } from "./facts";

/** What the provider appends to a `namePrefix`: a timestamp and a counter. */
const PREFIXED_DIGITS = 26;

/** Who calls, and where to. */
export interface Caller {
  readonly account: Account;
  readonly facts: Facts;
  readonly region: string;
  /** ARN of the role or user that calls. */
  readonly principal: string;
  readonly defaultTags: PropertyMap;
}

/** Outputs that no text can say, by the name that a table gives after `=`. */
export type ComputedOutputs = Readonly<Record<string, (ctx: ResourceContext) => Value | undefined>>;

/** The object of a call, its inputs, and the account around it. */
export class ResourceContext {
  /** Known after the object has one. */
  id = "";
  /** Which object of its URN this is. */
  readonly generation: number;

  constructor(
    readonly caller: Caller,
    readonly type: string,
    readonly entry: AwsType,
    readonly identity: ResourceIdentity,
    readonly inputs: PropertyMap,
    private readonly computed: ComputedOutputs,
    readonly old?: CloudObject,
    /** The inputs of the state, which may differ from the object's; in an update. */
    readonly remembered: PropertyMap = {},
  ) {
    this.id = old?.id ?? "";
    this.generation = old === undefined ? caller.account.nextGeneration(identity.urn) : (old.generation ?? 0);
  }

  /** The region of the object: its own, or the provider's. */
  get region(): string {
    return this.text("region") || this.caller.region;
  }

  /** Where the object lives. */
  get scope(): string {
    return this.entry.scope ?? this.region;
  }

  /** The first text at a path of the inputs, `""` when there is none. */
  text(path: string): string {
    return this.texts(path)[0] ?? "";
  }

  /** All texts at a path of the inputs. */
  texts(path: string): string[] {
    return valuesAt(this.inputs, path).map(String);
  }

  /** An object of this object's region. */
  find(type: string, id: string): CloudObject | undefined {
    return this.caller.account.find(type, id, this.region);
  }

  /** All objects of a type where this object lives. */
  near(type: string): CloudObject[] {
    return this.caller.account.all(type).filter((object) => object.scope === this.region);
  }

  /** The objects of its own type where it lives. */
  peers(): CloudObject[] {
    return this.caller.account.all(this.type).filter(({ scope }) => scope === this.scope);
  }

  /** Hex digits that differ from object to object and stay the same for one. */
  hash(length: number, salt = ""): string {
    // An id that is a name comes back with the next object of that name; what AWS draws does not.
    const own = this.id === "" || this.generation === 0 ? this.id : `${this.id}#${this.generation}`;
    return hashHex(`${own || this.birth}/${salt}`, length);
  }

  /** What distinguishes this object from others of its URN before it has an id. */
  private get birth(): string {
    return `${this.identity.urn}#${this.generation}`;
  }

  /** Fills the places of a text, or calls the function that `=name` names. */
  fill(text: string): string {
    return String(this.render(text) ?? "");
  }

  /** A value of an entry with its places filled and its functions called, all the way down. */
  render(value: Value): Value | undefined {
    if (typeof value === "string" && value.startsWith("=")) return this.computed[value.slice(1)]?.(this);
    return mapValue(value, (inner) =>
      typeof inner === "string"
        ? inner.replace(/\{(=?[\w.]+)(?::([^{}]+))?\}/g, (_, location: string, salt?: string) =>
            this.location(location, salt),
          )
        : inner,
    );
  }

  private location(location: string, salt?: string): string {
    const [, kind, digits] = /^(hash|HASH)(\d+)$/.exec(location) ?? [];
    if (kind === "hash") return this.hash(Number(digits), salt);
    if (kind === "HASH") return this.hash(Number(digits), salt).toUpperCase();
    if (location.startsWith("=")) return this.fill(location);
    if (location === "account") return this.caller.account.accountId;
    if (location === "region") return this.region;
    if (location === "id") return this.id;
    if (location === "arn" && this.entry.arn !== undefined) return this.arn;
    return (
      this.text(location) || this.prefixed(location) || String(atOutputPath(this.old?.outputs ?? {}, location) ?? "")
    );
  }

  /** The name that AWS makes from a `namePrefix`, `""` when there is none. */
  prefixed(property: string): string {
    const before = this.old?.outputs[property];
    if (typeof before === "string") return before;
    const prefix = this.text(`${property}Prefix`);
    return prefix && prefix + hashHex(this.birth, PREFIXED_DIGITS);
  }

  /** What AWS makes together with this object. */
  companions(): CloudObject[] {
    return (this.entry.companions ?? []).flatMap(({ unless, ...companion }) => {
      if (unless !== undefined && this.texts(unless.path).includes(unless.is)) return [];
      const { type, id, inputs, outputs } = this.render({ ...companion }) as unknown as Companion;
      return unowned({ type, id, scope: this.scope, inputs, outputs: { ...inputs, ...outputs } });
    });
  }

  /** The ARN. */
  get arn(): string {
    return this.entry.id === "{arn}" && this.id !== "" ? this.id : this.fill(this.entry.arn ?? "");
  }
}
