/** One AWS object while it is made, changed or removed: its inputs, its surroundings, and the texts that derive from them. */
import { createHash } from "node:crypto";
import { atOutputPath } from "../construction";
import { isObject, mapValue, type PropertyMap, type Value } from "../../values/values";
import type { Account, CloudObject } from "../account";
import type { Subject } from "../provider";
import type { Facts } from "./facts";
import type { AwsType } from "./entry";
import { COMPANIONS, QUIRKS } from "./quirks";

/** Type of the tombstones that count what a URN made and lost, so that a successor gets another id. */
export const TOMBSTONE = "sandbox:index:Deleted";

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

/** The values at a path; lists on the way are walked. */
export function valuesAt(value: Value | undefined, path: string): Value[] {
  let found: Value[] = value === undefined ? [] : [value];
  for (const step of path.split(".")) {
    found = found
      .flatMap((item) => (isObject(item) ? [item[step]] : []))
      .flatMap((item) => (Array.isArray(item) ? item : [item]));
    found = found.filter((item) => item !== undefined && item !== null);
  }
  return found;
}

/** The subject with its inputs in its surroundings. */
export class Making {
  /** Known after the object has one. */
  id = "";

  constructor(
    readonly caller: Caller,
    readonly type: string,
    readonly entry: AwsType,
    readonly subject: Subject,
    readonly inputs: PropertyMap,
    readonly old?: CloudObject,
  ) {
    this.id = old?.id ?? "";
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

  /** Hex digits that differ from object to object and stay the same for one. */
  hash(length: number, salt = ""): string {
    const seed = this.id === "" ? `${this.subject.urn}#${this.serial()}` : this.id;
    return createHash("sha256").update(`${seed}/${salt}`).digest("hex").slice(0, length);
  }

  private serial(): number {
    const { account } = this.caller;
    const gone = account.find(TOMBSTONE, this.subject.urn, "global")?.outputs.count;
    return account.madeBy(this.subject.urn).length + (typeof gone === "number" ? gone : 0);
  }

  /** Fills the places of a text, or calls the function that `=name` names. */
  fill(text: string): string {
    return String(this.render(text) ?? "");
  }

  /** A value of an entry with its places filled and its functions called, all the way down. */
  render(value: Value): Value | undefined {
    if (typeof value === "string" && value.startsWith("=")) return QUIRKS[value.slice(1)]?.(this);
    return mapValue(value, (inner) =>
      typeof inner === "string"
        ? inner.replace(/\{([\w.]+)(?::([^{}]+))?\}/g, (_, place: string, salt?: string) => this.place(place, salt))
        : inner,
    );
  }

  private place(place: string, salt?: string): string {
    const [, kind, digits] = /^(hash|HASH)(\d+)$/.exec(place) ?? [];
    if (kind !== undefined)
      return kind === "hash" ? this.hash(Number(digits), salt) : this.hash(Number(digits), salt).toUpperCase();
    if (place === "account") return this.caller.account.accountId;
    if (place === "region") return this.region;
    if (place === "id") return this.id;
    if (place === "arn") return this.arn;
    return this.text(place) || this.prefixed(place) || String(atOutputPath(this.old?.outputs ?? {}, place) ?? "");
  }

  /** The name that AWS makes from a `namePrefix`, `""` when there is none. */
  prefixed(property: string): string {
    const prefix = this.text(`${property}Prefix`);
    const before = this.old?.outputs[property];
    if (prefix === "" || typeof before === "string") return typeof before === "string" ? before : "";
    return (
      prefix +
      createHash("sha256").update(`${this.subject.urn}#${this.serial()}`).digest("hex").slice(0, PREFIXED_DIGITS)
    );
  }

  /** What AWS makes together with this object. */
  companions(): CloudObject[] {
    const sides = COMPANIONS[this.entry.companions?.slice(1) ?? ""]?.(this) ?? [];
    return sides.map((side) => ({ ...side, urn: "", scope: this.scope }));
  }

  /** The ARN. */
  get arn(): string {
    if (this.entry.id === "{arn}" && this.id !== "") return this.id;
    return this.fill(this.entry.arn ?? "");
  }
}
