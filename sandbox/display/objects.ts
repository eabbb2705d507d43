/** The simulated account as a list: what exists where, and who made it. */
import type { CloudObject } from "../cloud/account";
import { parseUrn, shortType } from "./names";
import type { Colors } from "./terminal";

/** Who made an object, in words. */
function maker({ urn }: CloudObject): string {
  const { stack, name } = parseUrn(urn);
  return urn === "" ? "there from the start" : `${stack}: ${name}`;
}

/** One heading per region or cluster, one line per object. */
export function objectLines(objects: readonly CloudObject[], colors: Colors): string[] {
  const scopes = [...new Set(objects.map(({ scope }) => scope))].sort();
  return scopes.flatMap((scope) => {
    const members = objects.filter((object) => object.scope === scope);
    const rows = members.map(
      (object) => `  ${shortType(object.type)} ${colors.bold(object.id)}  ${colors.dim(maker(object))}`,
    );
    return [`${colors.cyan(scope)} (${members.length})`, ...rows.sort()];
  });
}
