/** Every condition and predicate by the name that rows of the table use. */
import { buckets } from "./buckets";
import { cloudfront } from "./cloudfront";
import { clusterObjects } from "./cluster-objects";
import { entries } from "./entries";
import { healthChecks } from "./health-checks";
import { joins } from "./joins";
import { machines } from "./machines";
import { mesh } from "./mesh";
import { networkAcls } from "./network-acls";
import { owners } from "./owners";
import { queues } from "./queues";
import { rights } from "./rights";
import { routeTables } from "./route-tables";
import { routes } from "./routes";
import { rules } from "./rules";
import { workloadSets } from "./workload-sets";
import { annotations } from "./annotations";
import { apiGateway } from "./api-gateway";
import { balancers } from "./balancers";
import { certificates } from "./certificates";
import { cluster, clusterPredicates } from "./cluster";
import { common } from "./common";
import { compute, computePredicates } from "./compute";
import type { Conditions, Predicates } from "./condition";
import { data, dataPredicates } from "./data";
import { documents } from "./documents";
import { kubernetes } from "./kubernetes";
import { kubernetesPredicates } from "./kubernetes-predicates";
import { network, networkPredicates } from "./network";
import { takesOver } from "./new-cluster";
import { podTemplate } from "./pod-template";
import { prefixLists } from "./prefix-lists";
import { starts } from "./starts";
import { tags } from "./tags";
import { traffic } from "./traffic";
import { trafficPredicates } from "./traffic-predicates";
import { workloads } from "./workloads";

/** What decides a row that depends. */
export const conditions: Conditions = {
  ...annotations,
  ...apiGateway,
  ...balancers,
  ...certificates,
  ...cluster,
  ...common,
  ...compute,
  ...data,
  ...documents,
  ...kubernetes,
  ...network,
  ...podTemplate,
  ...tags,
  ...traffic,
  ...buckets,
  ...cloudfront,
  ...clusterObjects,
  ...entries,
  ...healthChecks,
  ...joins,
  ...machines,
  ...mesh,
  ...networkAcls,
  ...owners,
  ...prefixLists,
  ...queues,
  ...rights,
  ...routeTables,
  ...routes,
  ...rules,
  ...starts,
  ...workloadSets,
  ...workloads,
  takesOver,
};

/** Whether a row is about a change. */
export const predicates: Predicates = {
  ...clusterPredicates,
  ...computePredicates,
  ...dataPredicates,
  ...kubernetesPredicates,
  ...networkPredicates,
  ...trafficPredicates,
};
