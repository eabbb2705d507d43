/** The network: a VPC with its subnets, ways out and endpoints. */
export type { NatMode } from "./nat";
export type { ExtraTier, Tier } from "./tiers";
export { Vpc, type VpcArgs } from "./vpc";
