/** When the legs of a failover pair may change: the package's public part about it. */
export { lastChange, type LegFacts, legProblems, type StampedResource } from "./window";
