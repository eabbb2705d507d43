/** Which changes rows about databases, caches and tables are about. */
import { isAbsent, isMap, isUnknown, listAt, listOf, numberOf, valueAt } from "../../plans/values";
import type { Context, Predicates } from "../core/condition";

const isStatic = ({ resource }: Pick<Context, "resource">): boolean => {
  const old = listAt(resource.before, "parameters").map((item) => JSON.stringify(item));
  const changed = listAt(resource.after, "parameters").filter((item) => !old.includes(JSON.stringify(item)));
  return (
    changed.length > 0 && changed.every((item) => isMap(item) && valueAt(item, "applyMethod") === "pending-reboot")
  );
};

/** Versions as numbers, left to right. */
function isOlder(before: unknown, after: unknown): boolean {
  const parts = (value: unknown): number[] => String(value).split(/[._-]/).map(Number).filter(Number.isFinite);
  const [old, next] = [parts(before), parts(after)];
  const at = old.findIndex((part, index) => part !== next[index]);
  return at >= 0 && (next[at] ?? 0) < (old[at] ?? 0);
}

const ids = (items: readonly unknown[]): readonly string[] =>
  items.map((item) => (isMap(item) ? String(item["name"]) : String(item)));

const isTlsRequired = ({ path, after }: Context): boolean =>
  /mode/i.test(path?.segments[0] ?? "") ? after === "required" : after === true;

const hasFewerReplicas = ({ resource }: Context): boolean =>
  listAt(resource.after, "replicas").length < listAt(resource.before, "replicas").length;

/** Predicates about data. */
export const dataPredicates: Predicates = {
  guardOff: ({ path, after }) =>
    /skip/i.test(path?.segments[0] ?? "") ? after === true : after === false || isAbsent(after),
  guardOn: ({ path, after }) => (/skip/i.test(path?.segments[0] ?? "") ? after !== true : after === true),
  backupsOnOrOff: ({ before, after }) => (numberOf(before) ?? 0) === 0 || (numberOf(after) ?? 0) === 0,
  backupsStayOn: ({ before, after }) => (numberOf(before) ?? 0) > 0 && (numberOf(after) ?? 0) > 0,
  isStatic,
  isDynamic: (context) => !isStatic(context),
  fewZones: ({ after }) => listOf(after).length < "abc".length,
  isOlder: ({ before, after }) => !isUnknown(after) && isOlder(before, after),
  isNewer: ({ before, after }) => !isUnknown(after) && !isOlder(before, after),
  isEngine: ({ path }) => path?.segments[0] === "engine",
  tlsRequired: isTlsRequired,
  tlsNotRequired: (context) => !isTlsRequired(context),
  indexGone: ({ resource }) => {
    const next = listAt(resource.after, "globalSecondaryIndexes");
    const kept = (old: unknown): boolean =>
      next.some(
        (item) =>
          isMap(item) &&
          isMap(old) &&
          item["name"] === old["name"] &&
          ["hashKey", "hash_key", "rangeKey", "range_key"].every((key) => (item[key] ?? "") === (old[key] ?? "")),
      );
    return listAt(resource.before, "globalSecondaryIndexes").some((old) => !kept(old));
  },
  indexAdded: ({ resource }) => {
    const old = ids(listAt(resource.before, "globalSecondaryIndexes"));
    return ids(listAt(resource.after, "globalSecondaryIndexes")).some((name) => !old.includes(name));
  },
  replicaGone: hasFewerReplicas,
  replicaAdded: (context) => !hasFewerReplicas(context),
  toOnDemand: ({ after }) => after === "PAY_PER_REQUEST",
  ttlOff: ({ resource }) => valueAt(resource.after, "ttl.enabled") !== true,
  tlsOnly: ({ after }) => after === "TLS",
  isReplicaPromoted: ({ before, after }) => !isAbsent(before) && isAbsent(after),
};
