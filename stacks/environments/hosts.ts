/** Host names of an environment and their namespaces. The gateway accepts routes for a name only from its namespace. */
import { healthHost } from "@fridayproof/components/plan";
import type { EnvironmentInput } from "./schema";

/** Host names by the namespace that owns them. */
export type HostOwners = Readonly<Record<string, readonly string[]>>;

/** Inputs of host names. */
type Named = Pick<EnvironmentInput, "domain" | "region" | "role" | "gitOps">;

/**
 * Host name of Argo CD's UI. In a failover pair it contains the region: a name without one resolves to the active leg, so the
 * other leg's UI would be unreachable.
 */
export function argoCdHost({ domain, region, role }: Pick<Named, "domain" | "region" | "role">): string {
  return role === "none" ? `argocd.${domain}` : `argocd.${region}.${domain}`;
}

/**
 * Host names of one application, whose name is its namespace: one with failover routing, one for this region only,
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
