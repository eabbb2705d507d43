/** Environments of one domain: a primary and its replica in another region, and nothing else. */
import type { Problem } from "@fridayproof/components/core";
import type { EnvironmentInput } from "./schema";

/**
 * Route 53 allows one primary and one secondary failover record for a name. An environment without a role would write the
 * same record.
 */
function domainProblems(own: EnvironmentInput, other: EnvironmentInput): Problem[] {
  if (own.domain !== other.domain) return [];
  const roles = [own.role, other.role];
  if (!roles.includes("primary") || !roles.includes("replica")) {
    const allowed = `a domain other than ${other.name}'s, unless one is the primary and the other its replica`;
    const fix = "Choose another domain: two environments would write the same records.";
    return [{ path: `${own.name}.domain`, got: own.domain, allowed, fix }];
  }
  if (own.region !== other.region) return zoneProblems(own, other);
  const allowed = `a region other than ${other.name}'s`;
  const fix = "Choose another region: the pair would be lost together.";
  return [{ path: `${own.name}.region`, got: own.region, allowed, fix }];
}

/** Failover records of a pair must be in one hosted zone. With two zone ids the records of one leg are never resolved. */
function zoneProblems(own: EnvironmentInput, other: EnvironmentInput): Problem[] {
  if (own.zoneId === undefined || other.zoneId === undefined || own.zoneId === other.zoneId) return [];
  const allowed = `${other.zoneId}, which is ${other.name}'s: one domain has one hosted zone`;
  const fix = "Give both the id that `aws route53 list-hosted-zones` shows for the domain.";
  return [{ path: `${own.name}.zoneId`, got: own.zoneId, allowed, fix }];
}

/** Only a replica sets `follows`, and its value must be the primary of the same domain. */
function followProblems(own: EnvironmentInput, all: readonly EnvironmentInput[]): Problem[] {
  const { name, role, follows, domain, zones } = own;
  const path = `${name}.follows`;
  if (role !== "replica") {
    const fix = "Leave it out: this environment has a folder and secrets of its own.";
    return follows === undefined ? [] : [{ path, got: follows, allowed: "nothing, unless role is replica", fix }];
  }
  const primary = all.find((other) => other.role === "primary" && other.domain === domain);
  if (primary === undefined || follows !== primary.name) {
    const allowed = primary === undefined ? `the primary of ${domain}, which is not there` : primary.name;
    return [{ path, got: follows, allowed, fix: "Make it with replicaOf from the environment that it stands in for." }];
  }
  if (zones.length === primary.zones.length) return [];
  const fix = "Name as many zones: each of the primary's has its counterpart.";
  return [{ path: `${name}.zones`, got: zones, allowed: `${primary.zones.length} zones, as ${primary.name} has`, fix }];
}

/** A primary and its failover replica. */
export interface FailoverPair {
  readonly primary: EnvironmentInput;
  readonly replica: EnvironmentInput;
}

/** The pairs among these environments. */
export function failoverPairs(all: readonly EnvironmentInput[]): readonly FailoverPair[] {
  return all.flatMap((primary) => {
    const replica = all.find(({ follows }) => follows === primary.name);
    return replica === undefined ? [] : [{ primary, replica }];
  });
}

/** Everything that is wrong with the pairs among these environments; empty when nothing is. */
export function pairProblems(all: readonly EnvironmentInput[]): Problem[] {
  return [
    ...all.flatMap((own, index) => all.slice(0, index).flatMap((other) => domainProblems(own, other))),
    ...all.flatMap((own) => followProblems(own, all)),
  ];
}
