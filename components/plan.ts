/** What can be planned and checked before anything is declared: data in, data or problems out, without Pulumi. */
export { type ChartValues, chartValues, type Profile } from "./charts/chart-values";
export { platformSecretNames } from "./cluster/platform-secret-names";
export { nodeGroupName } from "./cluster/pool-names";
export {
  type LiveNodeGroup,
  nodePoolSizeProblems,
  type NodePoolSize,
  splitSize,
  zoneShareProblems,
} from "./cluster/pool-size";
export { databaseMap } from "./core/namespaces";
export { databaseDefaults } from "./data/database-args";
export { databaseProblems } from "./data/database-problems";
export { recoveries, type Recovery, type RecoveryName } from "./data/recovery";
export { runnerBlockProblems } from "./foundation/runner-subnets";
export { certificateProblems, type RequestedCertificate } from "./foundation/requested-certificate";
export { principalProblems } from "./foundation/trust";
export { app, type AppManifests } from "./delivery/app/app";
export { type Detection, detections, gateWarnings } from "./delivery/app/detection";
export { type Outcome, outcomes } from "./delivery/app/outcomes";
export { render, type RenderedFile } from "./delivery/app/render";
export { applicationSecretNames } from "./delivery/app/secret-names";
export type { AppPlatform, AppSpec, Strategy } from "./delivery/app/spec";
export { specProblems } from "./delivery/app/validate";
export { undoAnnotation } from "./delivery/app/workload";
export { liveWarnings, timetable, type Timetable, type TimetableRow } from "./delivery/app/timetable";
export { branchForm } from "./delivery/branch";
export { STANDBY_FOLDER, STANDBY_LABEL, standbyManifest } from "./delivery/git-ops-objects";
export {
  FLAG_PROFILE,
  type FeatureFlag,
  type FeatureFlags,
  flagApplication,
  type FlagSegment,
  flagSegments,
} from "./delivery/flags/flag";
export { type FlagDocument, flagDocument } from "./delivery/flags/document";
export { applicationFlagProblems } from "./delivery/flags/problems";
export type { Freeze, FreezeCalendar } from "./delivery/freeze";
export { INTERFACE_SERVICES, type InterfaceService } from "./network/interface-services";
export {
  type PlannedSubnet,
  planSubnets,
  type SubnetPlanArgs,
  subnetName,
  subnetPlanProblems,
} from "./network/subnet-plan";
export { zoneOrder, zonePrefix } from "./network/zones";
export { legStandsBy } from "./observability/standby-alert";
export { healthHost } from "./traffic/health-host";
export { type Color, colors, type PerColor, type Weights, weightProblems } from "./traffic/weights";
