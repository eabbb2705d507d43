/** Whether a hosted zone is delegated: checked first, because a certificate's validation never ends for one that is not. */
import { resolveNs } from "node:dns/promises";
import { type Problem, throwProblems } from "../core/checks";

/** Finds the name servers of a domain by public DNS. */
export type Resolver = (domain: string) => Promise<readonly string[]>;

/** Queries this machine's resolver; empty when the domain does not exist. */
export async function publicNameServers(domain: string): Promise<readonly string[]> {
  try {
    return await resolveNs(domain);
  } catch {
    // Not found, refused and unreachable have one meaning: the delegation is not shown.
    return [];
  }
}

const plain = (servers: readonly string[]): string[] =>
  servers.map((server) => server.toLowerCase().replace(/\.$/, "")).sort();

/** What is wrong with a zone's delegation; empty when every delegated server is one of the zone's. */
export function delegationProblems(domain: string, zone: readonly string[], found: readonly string[]): Problem[] {
  const own = plain(zone);
  const delegation = plain(found);
  if (delegation.length > 0 && delegation.every((server) => own.includes(server))) return [];
  return [
    {
      path: domain,
      got: delegation,
      allowed: own.join(", "),
      fix: "Set these name servers at the registrar, or as an NS record in the parent's zone, and wait for the old ones to expire.",
    },
  ];
}

/**
 * Waits for a response and returns the zone's id.
 * @throws ProblemsError when the domain is not delegated to the zone.
 */
export async function delegatedZone(
  domain: string,
  zone: { readonly zoneId: string; readonly nameServers: readonly string[] },
  resolver: Resolver,
): Promise<string> {
  const problems = delegationProblems(domain, zone.nameServers, await resolver(domain));
  throwProblems("the delegation of hosted zones", problems);
  return zone.zoneId;
}
