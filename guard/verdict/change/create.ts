/** Something new: harmless unless it takes over what something else does. */
import type { Resource } from "../plans/change";
import { commonRows, rowsOf } from "../effects/table";
import { isNewCluster } from "../conditions/new-cluster";
import type { Finding } from "./finding";
import type { PlanIndex } from "../plans/plan-index";
import { isAbsent, isUnknown } from "../plans/values";
import { isHelper } from "../effects/serving-path";
import { type PlannedChange, operationFindings } from "./rows";

/** Words in a type's name that mean: it changes how something else behaves. */
const TAKES_OVER =
  /(associat|attach|exclusive|override|default|route|routing|rule|record|polic|webhook|permission|boundary|acl|firewall|quota|limit|autoscal|scaling|scheduled|endpoint|listener|proxy|binding|backend|peering|redirect|alias|forward|dns|domain|waf|shield|mapping|access_block|accessBlock|rotation|lifecycle|replication|authorizer|settings|configuration)/i;

/** Names of the kinds of things that only ever stand for themselves, although a word above is in their name. */
const STANDS_ALONE =
  /(policy_document|PolicyDocument|configuration_recorder|launch_configuration|launchConfiguration|security_configuration|parameter_group|eventRule|event_rule|delegation_set|certificate_authority|alarm)/;

/** Settings of a whole account, lists that are complete, and states that are requested: there is nothing new that they could belong to. */
const FOR_ALL =
  /(exclusive|block_public|account_public|_account$|by_default|default_kms|organizations_policy|resource_policy$|account_settings?|metadata_?defaults|instance_?(desired_?)?state$|iam_?(policy|binding)$|^aws_fms_policy|^consul_(config_entry|intention)|^(postgresql|mysql|mssql|redshift|snowflake)_.*(grant|privilege))/i;

/** Kinds of a cluster whose objects admit or route the requests of others. */
const GOVERNS =
  /^kubernetes:[^:]*(admissionregistration|apiregistration|autoscaling\.k8s\.io|istio|cilium|calico|kyverno|gatekeeper|linkerd|traefik|keda|karpenter|gateway\.networking|policy)[^:]*:/;

/** Types whose creation changes a part of an object that stands. */
const PATCHES =
  /(^kubernetes:.*Patch$|^kubernetes_(env|labels|annotations|node_taint|config_map_v1_data|secret_v1_data|default_service_account)(_v\d)?$)/;

const REFERS = /(_ids?|_arns?|Ids?|Arns?|_name|Name|_self_link|SelfLink|cluster|network|service|parent|scope|zone)$/;

/** Whether the resource names something that stands already, or something that nobody here can see. */
function joinsWhatStands(resource: Resource, index: PlanIndex): boolean {
  const used = index.usedBy(resource.address).filter(({ type }) => !type.startsWith("pulumi:"));
  if (used.some(({ operation }) => operation !== "create")) return true;
  const own = new Set(["name", "id", "arn"]);
  return Object.entries(resource.after ?? {}).some(([key, value]) => {
    if (own.has(key) || !REFERS.test(key) || isAbsent(value) || isUnknown(value)) return false;
    return !index.usedBy(resource.address, key).some(({ operation }) => operation === "create");
  });
}

/** Whether a type that no row is about may change how something that stands behaves. */
function mayTakeOver({ index, resource }: PlannedChange): boolean {
  const { type, namedType } = resource;
  if (GOVERNS.test(type)) return !isNewCluster({ index, resource });
  if (FOR_ALL.test(namedType)) return true;
  return TAKES_OVER.test(namedType) && !STANDS_ALONE.test(namedType) && joinsWhatStands(resource, index);
}

/** What a creation does. */
export function createFindings(planned: PlannedChange): readonly Finding[] {
  const { resource, servingPath } = planned;
  if (isHelper(resource.type)) return [{ verdict: "SAFE", reason: "it is made in the state alone." }];
  if (PATCHES.test(resource.namedType))
    return [{ verdict: "UNKNOWN", reason: "it changes a part of an object that stands, which is not in this plan." }];
  const own = operationFindings(rowsOf(resource.type)?.ofOperation("create") ?? [], planned);
  if (own !== undefined) return own;
  const isKnown = rowsOf(resource.type) !== undefined;
  if (!isKnown && servingPath && mayTakeOver(planned))
    return [
      {
        verdict: "UNKNOWN",
        reason:
          "no row of the table is about this type, and its name says that it may take over what something that stands does.",
      },
    ];
  return commonRows()
    .ofOperation("create")
    .map(({ effect, source, evidence }) => ({
      verdict: effect === "DEPENDS" ? "UNKNOWN" : effect,
      reason: "it is new and takes nothing over.",
      ...{ source, evidence },
    }));
}
