/** Where the platform lives, and the ARNs that follow from it. */

/** Where the platform lives: every ARN is made from these. */
export interface Scope {
  /** Account number of twelve digits. */
  readonly account: string;
  /** Regions in which environments may stand. */
  readonly regions: readonly string[];
}

/** ARNs of these resources of a regional service, in each region of the scope. */
export function regional({ account, regions }: Scope, service: string, resources: readonly string[]): string[] {
  return regions.flatMap((region) =>
    resources.map((resource) => `arn:aws:${service}:${region}:${account}:${resource}`),
  );
}
