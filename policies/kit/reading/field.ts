/** Reads properties of a resource; an unknown or malformed one throws with its path, instead of counting as absent. */
import { scalarText } from "./value-text";
import { isRecord, isUnknown, kindOf, open } from "./value";

/** A value that is unknown in a preview was read. */
export class UnknownRead extends Error {
  constructor(readonly path: string) {
    super(`${path} is not known yet`);
  }
}

/** A rule found a value of a type that the property cannot have. */
export class MalformedRead extends Error {
  constructor(
    readonly path: string,
    readonly got: string,
    readonly expected: string,
  ) {
    super(`${path}: got ${got}; expected ${expected}`);
  }
}

/** Whether the error is about an unknown or malformed property. */
export function isUnreadable(error: unknown): error is UnknownRead | MalformedRead {
  return error instanceof UnknownRead || error instanceof MalformedRead;
}

/**
 * What `read` gives, or `instead` where the property cannot be read: for facts about a neighbour, which the rules about
 * that neighbour report; here one broken neighbour must not hide the findings about all others.
 */
export function valueOr<T>(read: () => T, instead: T): T {
  try {
    return read();
  } catch (error) {
    if (isUnreadable(error)) return instead;
    throw error;
  }
}

const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** One property: its value and its path. Reading converts as the providers do ("3" is 3, "true" is true). */
export class Field {
  /** The value without its secret envelope. */
  private readonly opened: unknown;
  private named: string | undefined;

  constructor(
    raw: unknown,
    /** The path, or the key in its parent. */
    private readonly key: string | number = "",
    /** Whether lists leave out the items that a preview hides, for a second look at the others. */
    private readonly sparse = false,
    private readonly parent?: Field,
  ) {
    this.opened = open(raw);
  }

  /** The path from the top, computed on access, because most fields are read and never named. */
  get path(): string {
    this.named ??= this.pathBelowParent();
    return this.named;
  }

  private pathBelowParent(): string {
    const { parent, key } = this;
    if (parent === undefined) return String(key);
    if (typeof key === "number") return `${parent.path}[${key}]`;
    if (!plainKey.test(key)) return `${parent.path}["${key}"]`;
    return parent.path === "" ? key : `${parent.path}.${key}`;
  }

  /** The value, secrets opened.
   * @throws UnknownRead when it is unknown in a preview. */
  value(): unknown {
    if (isUnknown(this.opened)) throw new UnknownRead(this.path);
    return this.opened;
  }

  /** Whether a value is given.
   * @throws UnknownRead */
  isSet(): boolean {
    return this.value() !== undefined;
  }

  /** The same value, whose lists leave out unknown items; the others keep their indices. */
  withoutUnknownItems(): Field {
    return new Field(this.opened, this.path, true);
  }

  /** Whether the value is unknown in this preview, for the few rules that handle that themselves. */
  isUnknown(): boolean {
    return isUnknown(this.opened);
  }

  /** The type of the value, without converting it: for walks over objects without a schema. */
  shape(): "unknown" | "absent" | "list" | "object" | "scalar" {
    const value = this.opened;
    if (isUnknown(value)) return "unknown";
    if (value === undefined) return "absent";
    if (Array.isArray(value)) return "list";
    return isRecord(value) ? "object" : "scalar";
  }

  /** The member under the keys, one after the other; absent parents give an absent member.
   * @throws UnknownRead @throws MalformedRead when a parent is no object. */
  at(...keys: readonly string[]): Field {
    return keys.reduce<Field>((field, key) => field.member(key), this);
  }

  private member(key: string): Field {
    const parent = this.value();
    if (parent === undefined) return new Field(undefined, key, this.sparse, this);
    if (!isRecord(parent)) throw new MalformedRead(this.path, kindOf(parent), "an object");
    return new Field(Object.hasOwn(parent, key) ? parent[key] : undefined, key, this.sparse, this);
  }

  /** The elements of a list; absent is empty.
   * @throws UnknownRead @throws MalformedRead */
  list(): readonly Field[] {
    const value = this.value();
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw new MalformedRead(this.path, kindOf(value), "a list");
    const items = value.map((item, index) => new Field(item, index, this.sparse, this));
    return this.sparse ? items.filter((item) => !item.isUnknown()) : items;
  }

  /** Whether items of the list are left out, because a preview hides them: what all items decide together is not known then.
   * @throws UnknownRead */
  lacksItems(): boolean {
    const value = this.value();
    return this.sparse && Array.isArray(value) && value.some((item) => isUnknown(open(item)));
  }

  /** The members of an object; absent is empty.
   * @throws UnknownRead @throws MalformedRead */
  members(): readonly (readonly [string, Field])[] {
    const value = this.value();
    if (value === undefined) return [];
    if (!isRecord(value)) throw new MalformedRead(this.path, kindOf(value), "an object");
    return Object.keys(value).map((key) => [key, this.member(key)] as const);
  }

  /** The scalar as text; absent is undefined.
   * @throws UnknownRead @throws MalformedRead */
  text(): string | undefined {
    const value = this.value();
    if (value === undefined || typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    throw new MalformedRead(this.path, kindOf(value), "a text");
  }

  /** The scalar as text; absent is the empty text, for what treats both alike.
   * @throws UnknownRead @throws MalformedRead */
  textOrEmpty(): string {
    return this.text() ?? "";
  }

  /** The number, also from a text of digits; absent is undefined.
   * @throws UnknownRead @throws MalformedRead */
  number(): number | undefined {
    const value = this.value();
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    if (typeof value === "string" && /^[+-]?\d+(\.\d+)?$/.test(value.trim())) return Number(value);
    throw new MalformedRead(this.path, scalarText(value, kindOf(value)), "a finite number");
  }

  /** The boolean, also from "true" or "false"; absent is undefined.
   * @throws UnknownRead @throws MalformedRead */
  flag(): boolean | undefined {
    const value = this.value();
    if (value === undefined || typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    throw new MalformedRead(this.path, scalarText(value, kindOf(value)), "true or false");
  }

  /** The field with its JSON text parsed; an object counts as parsed already.
   * @throws UnknownRead @throws MalformedRead */
  json(): Field {
    const value = this.value();
    if (typeof value !== "string") return this;
    try {
      return new Field(JSON.parse(value), this.path, this.sparse);
    } catch {
      throw new MalformedRead(this.path, "a text that is no JSON", "JSON");
    }
  }

  /** The texts of a list; absent is empty.
   * @throws UnknownRead @throws MalformedRead */
  texts(): readonly string[] {
    return this.list().map((item) => {
      const text = item.text();
      if (text === undefined) throw new MalformedRead(item.path, "nothing", "a text");
      return text;
    });
  }
}
