/** What a certificate is requested with, and what ACM would refuse of it. */
import type * as aws from "@pulumi/aws";
import type { Problem } from "../core/checks";
import { foundationLimits } from "../core/limits/foundation";

/** A certificate to request. */
export interface RequestedCertificate {
  /** Region of the load balancers that serve it. */
  readonly region: string;
  /** Provider of that region. */
  readonly provider: aws.Provider;
  /** Distinguished from the certificate that it follows: two stand side by side while environments move over. */
  readonly generation: string;
  /** Domains of the environments in the region, the main one first. */
  readonly domains: readonly string[];
}

/** Names that one certificate carries: each domain, what is directly under it, and what is under its regional name. */
export function certificateNames(domains: readonly string[], region: string): string[] {
  return domains.flatMap((domain) => [domain, `*.${domain}`, `*.${region}.${domain}`]);
}

/** What ACM would refuse, or would not distinguish. */
export function certificateProblems(certificates: readonly Omit<RequestedCertificate, "provider">[]): Problem[] {
  const { certificateNames: most } = foundationLimits;
  return certificates.flatMap(({ region, generation, domains }, index): Problem[] => {
    const count = certificateNames(domains, region).length;
    const path = `certificates[${index}]`;
    const same = certificates.findIndex((other) => other.region === region && other.generation === generation);
    return [
      ...(count === 0
        ? [{ path: `${path}.domains`, got: [], allowed: "one or more", fix: "Name the environments' domains." }]
        : []),
      ...(count > most.value
        ? [
            {
              path: `${path}.domains`,
              got: `${count} names`,
              allowed: `up to ${most.value} (${most.source})`,
              fix: "Have the quota raised, or split the environments over two regions or accounts.",
            },
          ]
        : []),
      ...(same < index
        ? [
            {
              path: `${path}.generation`,
              got: generation,
              allowed: "a name that no other certificate of the region has",
              fix: "Count on.",
            },
          ]
        : []),
    ];
  });
}
