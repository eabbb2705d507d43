/** What differs only because one of two legs stands by: each difference in one direction, with its reason. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { isMap } from "../verdict/plans/values";
import type { Difference } from "./difference";
import type { StackState, StateRow } from "./state";

/** A difference that standing by makes. */
interface StandbyRow {
  readonly type: string;
  readonly path: RegExp;
  /** Whether it is that one: what the leg that stands by has, and what its partner has. */
  readonly is: (standing: unknown, serving: unknown) => boolean;
  readonly reason: string;
}

const VIRTUAL_SERVICE = "kubernetes:networking.istio.io/v1:VirtualService";
const APPLICATION_SET = "kubernetes:argoproj.io/v1alpha1:ApplicationSet";
const { standbyStatus, healthyStatus } = trafficLimits;

const fewer = (standing: unknown, serving: unknown): boolean =>
  typeof standing === "number" && typeof serving === "number" && standing < serving;

const isDesiredSize = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 1 && value[0] === "scalingConfig.desiredSize";

/** The only ones: `stacks/environments/standby.ts` makes them, and whatever else differs is a difference. */
const STANDBY: readonly StandbyRow[] = [
  {
    type: VIRTUAL_SERVICE,
    path: /^inputs\.spec\.http\[0\]\.directResponse\.status$/,
    is: (standing, serving) => standing === standbyStatus.value && serving === healthyStatus.value,
    reason: "its health check returns 503, so that nothing fails over to it by itself",
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    path: /^inputs\.actionsEnabled$/,
    is: (standing, serving) => standing === false && (serving === undefined || serving === true),
    reason: "its alarms page no one: what they watch is empty on purpose",
  },
  {
    type: "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
    path: /^inputs\.spec\.groups\[\d+\]$/,
    is: (standing, serving) => serving === undefined && isMap(standing) && standing["name"] === "fridayproof.standby",
    reason: "its alerts and its dead man's switch are muted",
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    path: /^inputs\.scalingConfig\.(?:minSize|desiredSize)$/,
    is: fewer,
    reason: "it has fewer nodes, and may grow to as many",
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    path: /^options\.ignoreChanges$/,
    is: (standing, serving) => standing === undefined && isDesiredSize(serving),
    reason: "its size is sent as it is declared, and not left to the autoscaler",
  },
  {
    type: APPLICATION_SET,
    path: /^inputs\.spec\.template\.spec\.source\.path$/,
    is: (standing) => standing === "gitops/standby",
    reason: "no application runs",
  },
  {
    type: APPLICATION_SET,
    path: /^inputs\.spec\.template\.spec\.source\.directory\.recurse$/,
    is: (standing, serving) => standing === false && serving === true,
    reason: "no migration and no scheduled job runs",
  },
  {
    type: APPLICATION_SET,
    path: /^inputs\.spec\.template\.metadata\.labels\["fridayproof\.dev\/standby"\]$/,
    is: (standing, serving) => standing === "true" && serving === undefined,
    reason: "no one is notified of what is deployed to it",
  },
];

const NO_DATABASE =
  "it has no database before the copy that it is made from is named: an empty one would stand in its place";

/** What a database brings is named after it, and is all there, or nothing of it is. Its roles and its topic stand before it. */
const OF_DATABASE = /^database(?:$|-(?!roles|on-call))/;

/** What the leg that stands by lacks with its database. Half of a database is explained by nothing. */
function ofMissingDatabase(differences: readonly Difference[], standing: 0 | 1): (difference: Difference) => boolean {
  const isLacked = ({ kind, values }: Difference): boolean => kind === "missing" && values[standing] === undefined;
  const lacksCluster = differences.some((each) => each.type === "aws:rds/cluster:Cluster" && isLacked(each));
  return (difference) => lacksCluster && isLacked(difference) && OF_DATABASE.test(difference.name);
}

/** A member of a map; undefined for anything else. */
const at = (value: unknown, key: string): unknown => (isMap(value) ? value[key] : undefined);

function isClosed({ type, inputs }: StateRow): boolean {
  if (type !== VIRTUAL_SERVICE) return false;
  const routes = at(at(inputs, "spec"), "http");
  return (
    Array.isArray(routes) && routes.some((route) => at(at(route, "directResponse"), "status") === standbyStatus.value)
  );
}

/** Whether the leg of a state stands by: its health check is answered so. */
export function standsBy({ resources }: Pick<StackState, "resources">): boolean {
  return resources.some(isClosed);
}

/** A difference that standing by explains. */
export interface StandbyDifference {
  readonly difference: Difference;
  readonly reason: string;
}

/** Sets aside what differs because exactly one of the two stands by. */
export function setStandbyAside(
  differences: readonly Difference[],
  [first, second]: readonly [boolean, boolean],
): { readonly differences: readonly Difference[]; readonly standby: readonly StandbyDifference[] } {
  if (first === second) return { differences, standby: [] };
  const isOfDatabase = ofMissingDatabase(differences, first ? 0 : 1);
  const reasonOf = (difference: Difference): string | undefined => {
    if (isOfDatabase(difference)) return NO_DATABASE;
    const {
      type,
      path,
      values: [one, other],
    } = difference;
    const [standing, serving] = first ? [one, other] : [other, one];
    return STANDBY.find((row) => row.type === type && row.path.test(path) && row.is(standing, serving))?.reason;
  };
  const standby = differences.flatMap((difference) => {
    const reason = reasonOf(difference);
    return reason === undefined ? [] : [{ difference, reason }];
  });
  const explained = new Set(standby.map(({ difference }) => difference));
  return { differences: differences.filter((each) => !explained.has(each)), standby };
}
