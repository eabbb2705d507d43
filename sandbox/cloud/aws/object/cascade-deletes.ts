/** What AWS removes together with an object, from `cascade-deletes.yaml`, when the owner is deleted. */
import { valuesAt } from "../../../property/paths";
import { readTable } from "../../tables/tables";
import type { Account, CloudObject } from "../../account/account";

/** One row of `cascade-deletes.yaml`. */
interface Owner {
  readonly source: string;
  /** Type of what goes along, and which of its inputs hold which value of the owner. */
  readonly takes: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The rows by type of the owner. */
function owners(): Readonly<Record<string, Owner>> {
  return readTable("aws/object/cascade-deletes.yaml");
}

function valueOf({ id, inputs }: CloudObject, location: string): unknown {
  const path = location.slice(1, -1);
  return path === "id" ? id : valuesAt(inputs, path)[0];
}

/** What the owner has, and what that has in its turn; owners first. */
export function cascadeDeletesOf(account: Account, owner: CloudObject): CloudObject[] {
  return Object.entries(owners()[owner.type]?.takes ?? {}).flatMap(([type, links]) => {
    const owned = account
      .all(type)
      .filter(({ scope }) => scope === owner.scope)
      .filter(({ inputs }) =>
        Object.entries(links).every(([path, location]) => inputs[path] === valueOf(owner, location)),
      );
    return owned.flatMap((object) => [object, ...cascadeDeletesOf(account, object)]);
  });
}
