/** The simulated account as a list: what exists where, and who made it. */
import { parseUrn } from "@fridayproof/components/core";
import { Account, TOMBSTONE, type CloudObject } from "../cloud/account/account";
import { EVENT } from "../cloud/account/trail";
import { emptyGroupBehind } from "../cloud/aws/object/health";
import { shortType } from "./names";
import type { Colors } from "./text/terminal";

/** Who made an object, in words. */
function ownerOf({ urn }: CloudObject): string {
  const owner = parseUrn(urn);
  return owner === undefined ? "there from the start" : `${owner.stack}: ${owner.name}`;
}

/** AWS's warning about an object that it accepted all the same. */
function health(account: Account, object: CloudObject, colors: Colors): string {
  const empty = emptyGroupBehind(account, object);
  return empty === undefined ? "" : ` ${colors.red(`unhealthy in Route 53: no targets in ${String(empty)}`)}`;
}

/** Where the owner stands that has no room behind its object. */
const BELOW = "      ";

/** An object and who made it: on one line where both fit. */
function rowOf(account: Account, object: CloudObject, colors: Colors, columns: number): string {
  const [type, owner] = [shortType(object.type), ownerOf(object)];
  const fits = `  ${type} ${object.id}  ${owner}`.length <= columns;
  const details = `${colors.dim(owner)}${health(account, object, colors)}`;
  return `  ${type} ${colors.bold(object.id)}${fits ? "  " : `\n${BELOW}`}${details}`;
}

/** One heading per region or cluster, its objects below; the account's own bookkeeping is left out. */
export function objectLines(everything: readonly CloudObject[], colors: Colors, columns: number): string[] {
  const objects = everything.filter(({ type }) => type !== TOMBSTONE && type !== EVENT);
  const account = new Account("", objects);
  const scopes = [...new Set(objects.map(({ scope }) => scope))].sort();
  return scopes.flatMap((scope) => {
    const members = objects.filter((object) => object.scope === scope);
    const rows = members.map((object) => rowOf(account, object, colors, columns));
    return [`${colors.cyan(scope)} (${members.length})`, ...rows.sort().flatMap((row) => row.split("\n"))];
  });
}
