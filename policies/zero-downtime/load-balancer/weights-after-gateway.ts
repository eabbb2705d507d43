/** Rule weights-after-gateway. */
import { counted } from "@fridayproof/components/core";
import type { Field } from "../../kit/reading/field";
import { type Finding, unknownValue, violation } from "../../kit/finding/finding";
import { dependOn, fix, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachResource, stackRule } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";

/** One target group of a forward action that gets traffic. */
interface Share {
  readonly weight: Field;
  /** Undefined while a preview hides it. */
  readonly arn: string | undefined;
}

const RULE = "put the weights into a ListenerRule for all paths, and let that wait for the bindings of its groups";

/** Traffic goes to a target group after what fills it stands, in the order of the update too. */
export const weightsAfterGateway = stackRule({
  id: "weights-after-gateway",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A weight that may be set before its target group is filled.",
  prevents:
    "Requests go to an empty group, and get 503, for as long as the slot takes to come up, or for good if it fails.",
  source: "ELB user guide, target groups without registered targets (503); Pulumi, dependsOn; decision 21",
  settings: {},
  limits:
    "By dependencies, for groups that a TargetGroupBinding of the same stack fills. Default actions are checked where they share traffic among groups and no rule of the listener takes all paths; that the binding's pods are waited for too is not checked.",
  examples: {
    bad: "new aws.lb.ListenerRule('weights', { actions: [forward({ blue: 0, green: 100 })] })",
    good: "new aws.lb.ListenerRule('weights', { actions: [forward({ blue: 0, green: 100 })] }, { dependsOn: [greenBinding, greenRelease] })",
  },
  *check(stack) {
    yield* eachResource(stack.of(types.listenerRule), (rule) => check(stack, rule, "actions"));
    const alone = stack.of(types.listener).filter((listener) => !takesAll(stack, listener));
    yield* eachResource(alone, (listener) => check(stack, listener, "defaultActions"));
  },
});

/** Whether a rule of the listener decides for every path, so that its default action never counts. */
function takesAll(stack: Stack, listener: Resource): boolean {
  const rules = stack.of(types.listenerRule).filter((rule) => stack.linked(rule, "listenerArn").includes(listener));
  return rules.some((rule) => {
    const [only, ...more] = rule.at("conditions").list();
    if (only === undefined || more.length > 0) return false;
    const paths = only.at("pathPattern", "values").texts();
    return paths.some((path) => path === "*" || path === "/*");
  });
}

function* check(stack: Stack, resource: Resource, property: string): Iterable<Finding> {
  const actions = resource.at(property).list();
  const shares = actions.flatMap((action) => sharesOf(action, property === "defaultActions"));
  const groups = stack.linked(resource, property).filter((linked) => linked.is(types.targetGroup));
  const before = stack.prerequisites(resource);
  const late = groups.filter((group) => {
    const bindings = bindingsOf(stack, group);
    return bindings.length > 0 && !bindings.some(({ urn }) => before.has(urn));
  });
  const mended = (those: readonly Resource[]): Finding["fix"] => {
    if (property === "defaultActions") return RULE;
    const bindings = those.flatMap((group) => bindingsOf(stack, group));
    return fix`${together(bindings.map(dependOn))}; and on the releases whose pods they find`;
  };
  const expected = "a weight that waits for what fills the group";
  for (const { arn, weight } of shares) {
    const group = arn === undefined ? undefined : late.find((one) => one.at("arn").text() === arn);
    if (group === undefined) continue;
    yield violation(resource, {
      at: weight.path,
      got: `traffic for ${group.name}, whose binding may come later`,
      expected,
      fix: mended([group]),
    });
  }
  const unknown = shares.filter(({ arn }) => arn === undefined).length;
  const filled = groups.length - late.length;
  // Groups that are made in this update are unknown all together; one unknown beside others may be any.
  if (unknown > 0 && late.length > 0 && actions.some(namesGroup)) {
    yield unknownValue(resource, property);
    return;
  }
  // An unknown ARN may name any group: at least as many groups must have targets before as get traffic.
  if (unknown > filled)
    yield violation(resource, {
      at: property,
      got: `traffic for ${counted(unknown, "group")}, ${filled} of which can be filled before`,
      expected,
      fix: mended(late),
    });
}

/** Whether an action names a group that is known already. */
function namesGroup(action: Field): boolean {
  const groups = action.at("forward", "targetGroups").list();
  return groups.some((group) => readable(group.at("arn")) !== undefined);
}

/** Groups that get traffic. @param onlyShared whether an action for a single group is left out: one group has to be the first. */
function sharesOf(action: Field, onlyShared: boolean): readonly Share[] {
  const single = action.at("targetGroupArn");
  const groups = action.at("forward", "targetGroups").list();
  if (groups.length === 0) return onlyShared || !single.isSet() ? [] : [{ weight: single, arn: readable(single) }];
  if (groups.length === 1 && onlyShared) return [];
  // A group alone gets everything, whatever its weight; without a weight AWS takes 1.
  const served = groups.filter((group) => groups.length === 1 || (group.at("weight").number() ?? 1) > 0);
  return served.map((group) => {
    const alone = groups.length === 1 && (group.at("weight").number() ?? 1) === 0;
    // Beside a group that a preview hides it is not alone: that it gets everything is said of the list.
    const weight = alone ? action.at("forward", "targetGroups") : group.at("weight");
    return { weight, arn: readable(group.at("arn")) };
  });
}

const readable = (field: Field): string | undefined => (field.isUnknown() ? undefined : field.text());

/** The bindings that fill a group, found by the property that names it. */
function bindingsOf(stack: Stack, group: Resource): readonly Resource[] {
  return stack.of(types.targetGroupBinding).filter((binding) => stack.linked(binding, "spec").includes(group));
}
