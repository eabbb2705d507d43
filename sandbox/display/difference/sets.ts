/** Lists in which order means nothing: AWS gives them back in any order. */
import { membersOf, type DifferencePath } from "./path";

/**
 * Last members of AWS properties that are sets in the provider's schema.
 * Source: TypeSet of subnets, groups, addresses and log types in terraform-provider-aws.
 */
const AWS_SETS: ReadonlySet<string> = new Set([
  "alarmActions",
  "cidrBlocks",
  "enabledClusterLogTypes",
  "ipv6CidrBlocks",
  "managedPolicyArns",
  "okActions",
  "prefixListIds",
  "publicAccessCidrs",
  "routeTableIds",
  "securityGroupIds",
  "securityGroups",
  "subnetIds",
  "subnets",
  "vpcSecurityGroupIds",
]);

/** Members of IAM statements whose order IAM does not keep. Source: IAM user guide, policy elements. */
const IAM_SETS = /^(?:Statement\.)?(?:(?:Not)?(?:Action|Resource)|(?:Not)?Principal\.\w+|Condition\..+)$/;

/** Whether the order of the list at this path of this type means nothing. */
export function isSet(type: string, path: DifferencePath, inDocument: boolean): boolean {
  if (!type.startsWith("aws:")) return false;
  const members = membersOf(path);
  return inDocument ? IAM_SETS.test(members) : AWS_SETS.has(members.slice(members.lastIndexOf(".") + 1));
}
