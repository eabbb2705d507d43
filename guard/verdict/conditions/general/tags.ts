/** Tags: no effect unless something selects by them. */
import type { PlanIndex } from "../../plans/plan-index";
import { isUnknown } from "../../plans/values";
import { type Conditions, degrades, safe, unknown } from "../core/condition";

/** Keys by which controllers and AWS select resources. */
const SELECTED =
  /^(kubernetes\.io\/|k8s\.io\/|karpenter\.sh\/|karpenter\.k8s\.aws\/|elbv2\.k8s\.aws\/|ingress\.k8s\.aws\/|service\.k8s\.aws\/|eks:|aws:|alpha\.eksctl\.io\/)/;

/** Keys of tags in conditions of policies, by plan: each policy is read once. */
const conditioned = new WeakMap<PlanIndex, ReadonlyMap<string, string>>();

function conditionedKeys(index: PlanIndex): ReadonlyMap<string, string> {
  const known = conditioned.get(index);
  if (known !== undefined) return known;
  const keys = new Map<string, string>();
  for (const { type, address, after } of index.plan.resources) {
    if (!/^aws:(iam|kms|s3|sqs|sns|secretsmanager)\//.test(type)) continue;
    const text = JSON.stringify(after ?? {});
    for (const [, key = ""] of text.matchAll(/aws:(?:Resource|Principal|Request)Tag\/([^"\\]+)/g))
      keys.set(key, address);
  }
  conditioned.set(index, keys);
  return keys;
}

/** Conditions about tags. */
export const tags: Conditions = {
  tagSelects: ({ index, path, row, after }) => {
    const key = path?.segments[1];
    if (key === undefined)
      return isUnknown(after)
        ? safe("the tags are known only after the run; nothing in this plan selects by tags that change")
        : safe("tags that nothing in this plan selects by");
    if (SELECTED.test(key)) return degrades(`controllers select by the tag ${key}: ${row.when}`);
    const policy = conditionedKeys(index).get(key);
    return policy === undefined
      ? safe("a tag that nothing in this plan selects by")
      : unknown(`${policy} gives permissions by the tag ${key}: ${row.when}`);
  },
};
