/** Subnets by their zones. */
import { but, subnets } from "./fixtures";
import type { Given } from "./rule";
import { UNKNOWN } from "./spec";

export const [inFirst, inSecond] = subnets;
const byName = (subnet: Given, zone: string): Given =>
  but(subnet, { availabilityZoneId: undefined, availabilityZone: zone });
/** The same two, by the names of their zones. */
export const [namedFirst, namedSecond] = [byName(inFirst, "us-east-1a"), byName(inSecond, "us-east-1b")];
/** The subnet, whose zone a preview hides. */
export const hiddenZone = (subnet: Given): Given => but(subnet, { availabilityZoneId: UNKNOWN });
