/** Host names of an environment: whose each is. The gateway serves a name for the namespace that owns it and for no other. */
import { healthHost } from "@fridayproof/components/plan";
import type { EnvironmentInput } from "./schema";

/** Host names by the namespace that owns them. */
export type HostOwners = Readonly<Record<string, readonly string[]>>;

/** What host names are made from. */
type Named = Pick<EnvironmentInput, "domain" | "region" | "role" | "gitOps">;

/**
 * Host name of Argo CD's own pages. Of a pair each leg has its region's: a name of the domain follows the failover, and until
 * then leads to the other leg's.
 */
export function argoCdHost({ domain, region, role }: Pick<Named, "domain" | "region" | "role">): string {
  return role === "none" ? `argocd.${domain}` : `argocd.${region}.${domain}`;
}

/**
 * Host names of one application, whose name is its namespace: one that follows a failover, one of this region alone,
 * and the domain itself for the application that the environment gives it to.
 */
export function applicationHosts(
  { domain, region, gitOps }: Omit<Named, "role">,
  application: string,
): readonly string[] {
  const own = [`${application}.${domain}`, `${application}.${region}.${domain}`];
  return gitOps.apex === application ? [...own, domain] : own;
}

/** Every host name of the environment. */
export function hostOwners(
  environment: Named,
  namespaces: { readonly argoCd: string; readonly gateway: string },
): HostOwners {
  const applications = environment.gitOps.applications.map(
    (application) => [application, applicationHosts(environment, application)] as const,
  );
  return {
    [namespaces.gateway]: [healthHost(environment.region, environment.domain)],
    [namespaces.argoCd]: [argoCdHost(environment)],
    ...Object.fromEntries(applications),
  };
}
