/** Whether anything would serve: targets of a group, groups of a load balancer, and what Route 53 makes of them. */
import { valuesAt } from "../../../property/paths";
import type { PropertyMap, Value } from "../../../property/values";
import type { Account, CloudObject } from "../../account/account";

const FORWARDS = ["defaultActions", "actions"].flatMap((action) => [
  `${action}.targetGroupArn`,
  `${action}.forward.targetGroups.arn`,
]);

/** ARNs of the target groups that a listener or a rule forwards to, whatever their weights. */
export function forwardedTo(inputs: PropertyMap): Value[] {
  return FORWARDS.flatMap((path) => valuesAt(inputs, path));
}

/** Whether pods are registered in a target group: a TargetGroupBinding in some cluster names it. */
export function hasTargets(account: Account, targetGroupArn: Value): boolean {
  const bindings = account.all().filter(({ type }) => type.endsWith(":TargetGroupBinding"));
  return bindings.some(({ inputs }) => valuesAt(inputs, "spec.targetGroupARN").includes(targetGroupArn));
}

/**
 * The target group that makes Route 53 take an alias record out of its responses, undefined while there is none: a record
 * that evaluates its target's health requires that every group of the load balancer has a healthy target, and an empty group
 * has none, even at weight 0. Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
 */
export function emptyGroupBehind(account: Account, record: Pick<CloudObject, "inputs">): Value | undefined {
  if (!valuesAt(record.inputs, "aliases.evaluateTargetHealth").includes(true)) return undefined;
  const names = valuesAt(record.inputs, "aliases.name");
  const balancers = account
    .all("aws:lb/loadBalancer:LoadBalancer")
    .filter(({ outputs }) => names.includes(outputs.dnsName ?? ""));
  const listeners = balancers.flatMap(({ id }) => account.holding("aws:lb/listener:Listener", "loadBalancerArn", id));
  const rules = listeners.flatMap(({ id }) => account.holding("aws:lb/listenerRule:ListenerRule", "listenerArn", id));
  const groups = [...listeners, ...rules].flatMap(({ inputs }) => forwardedTo(inputs));
  return groups.find((arn) => !hasTargets(account, arn));
}
