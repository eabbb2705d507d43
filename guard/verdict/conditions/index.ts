/** Every condition and predicate by the name that rows of the table use. */
import { autoScalingGroups } from "./compute/auto-scaling-groups";
import { ecsServices } from "./compute/ecs-services";
import { functions } from "./compute/functions";
import { instances } from "./compute/instances";
import { launchTemplates } from "./compute/launch-templates";
import { computePredicates } from "./compute/predicates";
import { triggers } from "./compute/triggers";
import { caches } from "./data/caches";
import { databases } from "./data/databases";
import { dataPredicates } from "./data/predicates";
import { queues } from "./data/queues";
import { search } from "./data/search";
import { storage } from "./data/storage";
import { accessEntries } from "./eks/access-entries";
import { addons } from "./eks/addons";
import { apiEndpoints } from "./eks/api-endpoints";
import { nodeGroups } from "./eks/node-groups";
import { eksPredicates } from "./eks/predicates";
import { associations } from "./general/associations";
import { lists } from "./general/lists";
import { parents } from "./general/parents";
import { references } from "./general/references";
import { tags } from "./general/tags";
import { keys } from "./identity/keys";
import { permissions } from "./identity/permissions";
import { policyDocuments } from "./identity/policy-documents";
import { annotations } from "./kubernetes/annotations";
import { argoCd } from "./kubernetes/argo-cd";
import { autoscalers } from "./kubernetes/autoscalers";
import { charts } from "./kubernetes/charts";
import { configMaps } from "./kubernetes/config-maps";
import { customResources } from "./kubernetes/custom-resources";
import { disruptionBudgets } from "./kubernetes/disruption-budgets";
import { ingresses } from "./kubernetes/ingresses";
import { networkPolicies } from "./kubernetes/network-policies";
import { newCluster } from "./kubernetes/new-cluster";
import { podTemplate } from "./kubernetes/pod-template";
import { kubernetesPredicates } from "./kubernetes/predicates";
import { rbac } from "./kubernetes/rbac";
import { serviceMesh } from "./kubernetes/service-mesh";
import { services } from "./kubernetes/services";
import { statefulSets } from "./kubernetes/stateful-sets";
import { volumes } from "./kubernetes/volumes";
import { webhooks } from "./kubernetes/webhooks";
import { workloads } from "./kubernetes/workloads";
import { networkAcls } from "./network/network-acls";
import { networkPredicates } from "./network/predicates";
import { prefixLists } from "./network/prefix-lists";
import { routeTables } from "./network/route-tables";
import { securityGroups } from "./network/security-groups";
import { vpcEndpoints } from "./network/vpc-endpoints";
import { vpcs } from "./network/vpcs";
import { alarms } from "./observability/alarms";
import { apiGateway } from "./traffic/api-gateway";
import { certificates } from "./traffic/certificates";
import { cloudfront } from "./traffic/cloudfront";
import { dnsRecords } from "./traffic/dns-records";
import { healthChecks } from "./traffic/health-checks";
import { listenerRules } from "./traffic/listener-rules";
import { listeners } from "./traffic/listeners";
import { loadBalancers } from "./traffic/load-balancers";
import { trafficPredicates } from "./traffic/predicates";
import { targetGroups } from "./traffic/target-groups";
import { webAcls } from "./traffic/web-acls";
import type { Conditions, Predicates } from "./core/condition";

/** Decide the rows with the effect DEPENDS. */
export const conditions: Conditions = {
  ...references,
  ...parents,
  ...associations,
  ...lists,
  ...tags,
  ...securityGroups,
  ...networkAcls,
  ...prefixLists,
  ...routeTables,
  ...vpcEndpoints,
  ...vpcs,
  ...targetGroups,
  ...listeners,
  ...listenerRules,
  ...loadBalancers,
  ...healthChecks,
  ...certificates,
  ...cloudfront,
  ...apiGateway,
  ...webAcls,
  ...dnsRecords,
  ...annotations,
  ...argoCd,
  ...charts,
  ...webhooks,
  ...configMaps,
  ...customResources,
  ...networkPolicies,
  ...services,
  ...ingresses,
  ...rbac,
  ...serviceMesh,
  ...newCluster,
  ...podTemplate,
  ...statefulSets,
  ...workloads,
  ...disruptionBudgets,
  ...autoscalers,
  ...volumes,
  ...apiEndpoints,
  ...nodeGroups,
  ...addons,
  ...accessEntries,
  ...instances,
  ...autoScalingGroups,
  ...launchTemplates,
  ...ecsServices,
  ...functions,
  ...triggers,
  ...databases,
  ...caches,
  ...queues,
  ...search,
  ...storage,
  ...permissions,
  ...policyDocuments,
  ...keys,
  ...alarms,
};

/** Decide whether a row applies to a change. */
export const predicates: Predicates = {
  ...networkPredicates,
  ...trafficPredicates,
  ...kubernetesPredicates,
  ...eksPredicates,
  ...computePredicates,
  ...dataPredicates,
};
