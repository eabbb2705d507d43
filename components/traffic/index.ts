/** The front door: load balancer, gateways of the clusters, and the weights between them. */
export { FrontDoor, type FrontDoorArgs } from "./front-door";
export { Gateway, type GatewayArgs } from "./gateway";
export { TrafficWeights, type TrafficWeightsArgs } from "./traffic-weights";
export type { FailoverRole } from "./records";
