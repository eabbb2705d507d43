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

/** What AWS thinks of an object that it accepted all the same. */
function health(account: Account, object: CloudObject, colors: Colors): string {
  const empty = emptyGroupBehind(account, object);
  return empty === undefined ? "" : ` ${colors.red(`unhealthy in Route 53: no targets in ${String(empty)}`)}`;
}

/** One heading per region or cluster, one line per object; the account's own bookkeeping is left out. */
export function objectLines(everything: readonly CloudObject[], colors: Colors): string[] {
  const objects = everything.filter(({ type }) => type !== TOMBSTONE && type !== EVENT);
  const account = new Account("", objects);
  const scopes = [...new Set(objects.map(({ scope }) => scope))].sort();
  return scopes.flatMap((scope) => {
    const members = objects.filter((object) => object.scope === scope);
    const rows = members.map(
      (object) =>
        `  ${shortType(object.type)} ${colors.bold(object.id)}  ${colors.dim(ownerOf(object))}${health(account, object, colors)}`,
    );
    return [`${colors.cyan(scope)} (${members.length})`, ...rows.sort()];
  });
}
