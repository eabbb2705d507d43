/** Metadata of a rule in the policy SDK's own fields, so that findings can be sorted and filtered without parsing messages. */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { Rule } from "./rule";

/** As in policies/package.json. */
const packVersion = "0.1.0";

/** Fields of a policy that describe it. */
export type Metadata = Pick<
  ResourceValidationPolicy,
  | "name"
  | "description"
  | "enforcementLevel"
  | "displayName"
  | "severity"
  | "framework"
  | "tags"
  | "remediationSteps"
  | "url"
>;

/** Severity of the rule's violations; `low` is for unknown values in a preview. */
export function metadata(rule: Rule): Metadata {
  const words = rule.id.replaceAll("-", " ");
  return {
    name: rule.id,
    description: rule.forbids,
    enforcementLevel: rule.level,
    displayName: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    severity: rule.level === "advisory" ? "medium" : "high",
    framework: { name: "fridayproof", version: packVersion, reference: rule.id, specification: rule.source },
    tags: [rule.group, rule.scope],
    remediationSteps: rule.examples.good,
    url: `docs/policies.md#${rule.id}`,
  };
}
