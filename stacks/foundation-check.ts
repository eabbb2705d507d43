/** What `foundation` and the environments must agree on, checked before anything is declared. */
import { type Problem, under } from "../components/core/checks";
import { certificateProblems } from "../components/foundation/certificates";
import { principalProblems } from "../components/foundation/trust";
import { runnerBlockProblems } from "../components/foundation/runner-subnets";
import type { EnvironmentInput } from "./environment";
import type { Foundation } from "./foundation";

/** The certificate that environments of a region find: the last row of its region. */
function newest(foundation: Foundation, region: string): readonly string[] | undefined {
  return foundation.certificates.filter((row) => row.region === region).at(-1)?.domains;
}

function environmentProblems(foundation: Foundation, { name, region, domain }: EnvironmentInput): Problem[] {
  const path = `environments.${name}`;
  if (!foundation.regions.includes(region)) {
    const fix = "Add the region to stacks/foundation.ts: states, keys and images are needed there first.";
    return [{ path: `${path}.region`, got: region, allowed: foundation.regions.join(", "), fix }];
  }
  const covered = newest(foundation, region) ?? [];
  if (covered.includes(domain)) return [];
  const fix = "Add a certificate row with the next generation; the old one goes when every environment has moved.";
  return [{ path: `${path}.domain`, got: domain, allowed: `a domain of ${region}'s newest certificate`, fix }];
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
    ...environments.flatMap((environment) => environmentProblems(foundation, environment)),
  ];
}
