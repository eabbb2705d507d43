/** The one simulated AWS account that all stacks share: every cloud object that exists, of whichever URN. */
import type { Known } from "../../protocol/provider";
import { valuesAt } from "../../property/paths";
import type { PropertyMap, Value } from "../../property/values";

/** The sandbox's account: AWS gives no account this number, so it is never a real one. */
export const ACCOUNT_ID = "000000000000";

/** Type of the objects that count what was created for a URN and deleted since: none of AWS. */
export const TOMBSTONE = "sandbox:index:Deleted";

/** One object in the simulated cloud. */
export interface CloudObject {
  /** Pulumi type token. */
  readonly type: string;
  /** The cloud's id, unique within type and scope. */
  readonly id: string;
  /** A region, `global`, or `cluster/<name>` for what lives in a Kubernetes API. */
  readonly scope: string;
  /** The URN of the resource that owns it: how a crashed run's leftovers are found again. Empty for seeded objects. */
  readonly urn: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  /** How many objects its URN had before; 0 when absent. Ids, ARNs and addresses differ by it. */
  readonly generation?: number;
}

/** Where changes of the account are written before a call returns. */
export interface AccountJournal {
  /** Writes one object (or its removal, `undefined`) durably under its key. */
  write(key: string, object: CloudObject | undefined): void;
}

/** An object without a URN: a seed, or one that the cloud itself creates. */
export function unowned(object: Omit<CloudObject, "urn" | "inputs"> & Partial<CloudObject>): CloudObject {
  return { urn: "", inputs: {}, ...object };
}

/** What a provider returns of an object. */
export function known({ id, inputs, outputs }: CloudObject): Known {
  return { id, inputs, outputs };
}

/** The key that identifies an object. */
export function keyOf(object: Pick<CloudObject, "type" | "id" | "scope">): string {
  return `${object.scope}|${object.type}|${object.id}`;
}

/** The objects, indexed by type. */
export class Account {
  private readonly byType = new Map<string, Map<string, CloudObject>>();
  private readonly byUrn = new Map<string, Set<string>>();

  /**
   * @param accountId twelve digits; the sandbox's is 000000000000, which can never be a real target.
   * @param objects what exists at the start.
   * @param journal where changes go; without one the account lives in memory only.
   */
  constructor(
    readonly accountId: string,
    objects: Iterable<CloudObject> = [],
    private readonly journal: AccountJournal = { write: () => undefined },
  ) {
    for (const object of objects) this.index(object);
  }

  /** Every object, or those of one type. */
  all(type?: string): CloudObject[] {
    if (type !== undefined) return [...(this.byType.get(type)?.values() ?? [])];
    return [...this.byType.values()].flatMap((objects) => [...objects.values()]);
  }

  /** The object of this type and id; with `scope`, only there. */
  find(type: string, id: string, scope?: string): CloudObject | undefined {
    if (scope !== undefined) return this.byType.get(type)?.get(keyOf({ type, id, scope }));
    return this.all(type).find((object) => object.id === id);
  }

  /** Objects of a type with this value at a path of their inputs. */
  holding(type: string, path: string, value: Value | undefined): CloudObject[] {
    return this.all(type).filter(({ inputs }) => value !== undefined && valuesAt(inputs, path).includes(value));
  }

  /** Existing objects of this URN: more than one during a create-first replacement. */
  ownedBy(urn: string): CloudObject[] {
    const keys = this.byUrn.get(urn) ?? new Set<string>();
    return [...this.byType.values()].flatMap((objects) => [...keys].flatMap((key) => objects.get(key) ?? []));
  }

  /**
   * How many objects this owner has had, deleted ones included: generated values of the next one are drawn by this number.
   * @param owner a URN; for an object without one, its {@link keyOf}.
   */
  nextGeneration(owner: string): number {
    return this.ownedBy(owner).length + this.deleted(owner);
  }

  private deleted(owner: string): number {
    return Number(this.find(TOMBSTONE, owner, "global")?.outputs.count ?? 0);
  }

  /** Writes an object, new or changed. */
  put(object: CloudObject): void {
    this.journal.write(keyOf(object), object);
    this.index(object);
  }

  /** Removes an object and counts it; removing what is gone does nothing. */
  remove(object: Pick<CloudObject, "type" | "id" | "scope">): void {
    const key = keyOf(object);
    const existing = this.byType.get(object.type)?.get(key);
    if (existing === undefined) return;
    // Counted first: a crash between the writes must not give the successor the same id.
    const id = existing.urn || key;
    this.put(unowned({ type: TOMBSTONE, id, scope: "global", outputs: { count: this.deleted(id) + 1 } }));
    this.journal.write(key, undefined);
    this.byType.get(object.type)?.delete(key);
    this.byUrn.get(existing.urn)?.delete(key);
  }

  private index(object: CloudObject): void {
    const key = keyOf(object);
    const objects = this.byType.get(object.type) ?? new Map<string, CloudObject>();
    this.byType.set(object.type, objects.set(key, object));
    if (object.urn !== "") this.byUrn.set(object.urn, (this.byUrn.get(object.urn) ?? new Set<string>()).add(key));
  }
}
