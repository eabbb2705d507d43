/** What `foundation` and the environments must agree on, checked before anything is declared. */
import { type Problem, under } from "@fridayproof/components/core";
import { certificateProblems, principalProblems, runnerBlockProblems } from "@fridayproof/components/plan";
import type { EnvironmentInput } from "../environments/schema";
import type { Foundation } from "./foundation";

/** The certificates of a region, the one that environments find last. */
function certificatesOf(foundation: Foundation, region: string): Foundation["certificates"] {
  return foundation.certificates.filter((request) => request.region === region);
}

/**
 * What `stacks/account/foundation.ts` lacks of an environment: its region, and a certificate there that names its domain. All of it
 * at once, because a second run shows the second problem only after the first has been mended.
 */
export function foundationPrerequisites(
  foundation: Foundation,
  { name, region, domain, database }: Pick<EnvironmentInput, "name" | "region" | "domain" | "database">,
): Problem[] {
  const path = `environments.${name}`;
  const certificates = certificatesOf(foundation, region);
  const newest = certificates.at(-1)?.domains ?? [];
  const next = { region, generation: String(certificates.length + 1), domains: [...newest, domain] };
  const { copyRegion } = database ?? {};
  return [
    ...(copyRegion === undefined || foundation.regions.includes(copyRegion)
      ? []
      : [
          {
            path: `${path}.database.copyRegion`,
            got: copyRegion,
            allowed: foundation.regions.join(", "),
            fix: `Add "${copyRegion}" to regions in stacks/account/foundation.ts: the copies' vault is made there first.`,
          },
        ]),
    ...(foundation.regions.includes(region)
      ? []
      : [
          {
            path: `${path}.region`,
            got: region,
            allowed: foundation.regions.join(", "),
            fix: `Add "${region}" to regions in stacks/account/foundation.ts: states, keys and images are needed there first.`,
          },
        ]),
    ...(newest.includes(domain)
      ? []
      : [
          {
            path: `${path}.domain`,
            got: domain,
            allowed: `a domain of ${region}'s newest certificate`,
            fix: `Add ${JSON.stringify(next)} to certificates in stacks/account/foundation.ts; an older one goes when every environment has moved.`,
          },
        ]),
  ];
}

/** Everything that is wrong with the foundation's data; empty when nothing is. */
export function foundationProblems(foundation: Foundation, environments: readonly EnvironmentInput[]): Problem[] {
  const strangers = [...foundation.certificates, ...foundation.runners].filter(
    ({ region }) => !foundation.regions.includes(region),
  );
  return [
    ...certificateProblems(foundation.certificates),
    ...principalProblems("bootstrapPrincipals", foundation.bootstrapPrincipals),
    ...principalProblems("breakGlassPrincipals", foundation.breakGlassPrincipals),
    ...strangers.map(({ region }) => ({
      path: "regions",
      got: region,
      allowed: foundation.regions.join(", "),
      fix: "Name only regions of the foundation in certificates and runners.",
    })),
    ...foundation.runners.flatMap(({ cidr }, index) => under(`runners[${index}]`, runnerBlockProblems("cidr", cidr))),
    ...environments.flatMap((environment) => foundationPrerequisites(foundation, environment)),
  ];
}
