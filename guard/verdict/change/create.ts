/** The verdict on a creation: SAFE unless it changes how an existing resource behaves. */
import type { Resource } from "../plans/change";
import { commonRows, rowsOf } from "../effects/table";
import { isNewCluster } from "../conditions/kubernetes/new-cluster";
import type { Finding } from "./finding";
import type { PlanIndex } from "../plans/plan-index";
import { isAbsent, isUnknown } from "../plans/values";
import { isHelper } from "../effects/serving-path";
import { type PlannedChange, operationFindings } from "./rows";

/** Words in the name of a type that changes how other resources behave. */
const TAKES_OVER =
  /(associat|attach|exclusive|override|default|route|routing|rule|record|polic|webhook|permission|boundary|acl|firewall|quota|limit|autoscal|scaling|scheduled|endpoint|listener|proxy|binding|backend|peering|redirect|alias|forward|dns|domain|waf|shield|mapping|access_block|accessBlock|rotation|lifecycle|replication|authorizer|settings|configuration)/i;

/** Exceptions: types with such a word in their name that change no other resource. */
const STANDS_ALONE =
  /(policy_document|PolicyDocument|configuration_recorder|launch_configuration|launchConfiguration|security_configuration|parameter_group|eventRule|event_rule|delegation_set|certificate_authority|alarm)/;

/** Settings of a whole account, exclusive lists, and requested states: creating one changes something that exists. */
const FOR_ALL =
  /(exclusive|block_public|account_public|_account$|by_default|default_kms|organizations_policy|resource_policy$|account_settings?|metadata_?defaults|instance_?(desired_?)?state$|iam_?(policy|binding)$|^aws_fms_policy|^consul_(config_entry|intention)|^(postgresql|mysql|mssql|redshift|snowflake)_.*(grant|privilege))/i;

/** Kinds of a cluster whose objects admit or route the requests of others. */
const GOVERNS =
  /^kubernetes:[^:]*(admissionregistration|apiregistration|autoscaling\.k8s\.io|istio|cilium|calico|kyverno|gatekeeper|linkerd|traefik|keda|karpenter|gateway\.networking|policy)[^:]*:/;

/** Types whose creation changes a part of an existing object. */
const PATCHES =
  /(^kubernetes:.*Patch$|^kubernetes_(env|labels|annotations|node_taint|config_map_v1_data|secret_v1_data|default_service_account)(_v\d)?$)/;

const REFERS = /(_ids?|_arns?|Ids?|Arns?|_name|Name|_self_link|SelfLink|cluster|network|service|parent|scope|zone)$/;

/** Whether the resource refers to something that exists already, or that is not in the plan. */
function joinsWhatStands(resource: Resource, index: PlanIndex): boolean {
  const used = index.usedBy(resource.address).filter(({ type }) => !type.startsWith("pulumi:"));
  if (used.some(({ operation }) => operation !== "create")) return true;
  const own = new Set(["name", "id", "arn"]);
  return Object.entries(resource.after ?? {}).some(([key, value]) => {
    if (own.has(key) || !REFERS.test(key) || isAbsent(value) || isUnknown(value)) return false;
    return !index.usedBy(resource.address, key).some(({ operation }) => operation === "create");
  });
}

/** Whether a type without a row may change how an existing resource behaves. */
function mayTakeOver({ index, resource }: PlannedChange): boolean {
  const { type, namedType } = resource;
  if (GOVERNS.test(type)) return !isNewCluster({ index, resource });
  if (FOR_ALL.test(namedType)) return true;
  return TAKES_OVER.test(namedType) && !STANDS_ALONE.test(namedType) && joinsWhatStands(resource, index);
}

/** Findings about a creation. */
export function createFindings(planned: PlannedChange): readonly Finding[] {
  const { resource, servingPath } = planned;
  if (isHelper(resource.type)) return [{ verdict: "SAFE", reason: "it exists only in the state." }];
  if (PATCHES.test(resource.namedType))
    return [{ verdict: "UNKNOWN", reason: "it changes a part of an existing object that is not in this plan." }];
  const own = operationFindings(rowsOf(resource.type)?.ofOperation("create") ?? [], planned);
  if (own !== undefined) return own;
  const isKnown = rowsOf(resource.type) !== undefined;
  if (!isKnown && servingPath && mayTakeOver(planned))
    return [
      {
        verdict: "UNKNOWN",
        reason: "the table has no row about this type, and by its name it may change how an existing resource behaves.",
      },
    ];
  return commonRows()
    .ofOperation("create")
    .map(({ effect, source, evidence }) => ({
      verdict: effect === "DEPENDS" ? "UNKNOWN" : effect,
      reason: "it is new and changes nothing that exists.",
      ...{ source, evidence },
    }));
}
