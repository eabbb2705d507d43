/** Sourced numbers, and the rows that hold them: those that more than one package reads. */
export {
  byDefault,
  choice,
  type Dated,
  type Evidence,
  hardLimit,
  type Limit,
  type LimitKind,
  limits,
  quota,
  type Row,
  type Unit,
} from "./limit";
export { analysisLimits } from "./analysis";
export { clusterLimits } from "./cluster";
export { dataLimits } from "./data";
export { deliveryLimits } from "./delivery";
export { foundationQuotas } from "./foundation-quotas";
export { networkLimits } from "./network";
export { trafficLimits } from "./traffic";
export { weightLimits } from "./weights";
