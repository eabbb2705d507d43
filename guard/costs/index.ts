/** What a plan costs a month: each resource priced, what no plan shows, and what an environment's switches change. */
export { byPrice, type Cost, costTable, type CostTable, outsideOf, totalOf, unpricedRegions } from "./cost-table";
export { fixedPrices } from "./fixed-prices";
export type { PlannedResource } from "./plan";
export { HOURS_PER_MONTH, monthly, type Price } from "./price";
export { PRICES_DATE } from "./price-sources";
export { fixedPrice, pricedRegions } from "./prices";
export {
  costRows,
  type CostRow,
  costLine,
  costsOf,
  monthOf,
  type Priced,
  pricedOf,
  usd,
  withoutPrices,
} from "./summary";
export { runnerEffect, type SwitchEffect, switchEffects, type Switches } from "./switches";
export { usagePrices } from "./usage-prices";
