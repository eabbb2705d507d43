/** Load balancers of AWS that answer by themselves what a pod should: a fixed error for every path. */
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { drop, fix } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";

/** A listener whose default answer is an error, where no rule in sight leads to a pod. */
export function* checkListenerAnswer(stack: Stack, listener: Resource): Iterable<Finding> {
  const failing = errorIn(listener.at("defaultActions").list());
  if (failing === undefined) return;
  const rules = stack.of(types.listenerRule).filter((rule) => stack.linked(rule, "listenerArn").includes(listener));
  if (rules.some((rule) => rule.at("actions").list().some(leadsOn))) return;
  yield violation(listener, {
    at: failing.path,
    got: `${failing.textOrEmpty()} for every request, and no rule of the listener that leads to a target group`,
    expected: "a way to the pods",
    fix: "forward to a target group, by default or by a rule of the listener",
  });
}

/** A rule that gives every request an error before any other rule applies. */
export function* checkRuleAnswer(rule: Resource): Iterable<Finding> {
  const failing = errorIn(rule.at("actions").list());
  if (failing === undefined || !takesAll(rule)) return;
  yield violation(rule, {
    at: failing.path,
    got: `${failing.textOrEmpty()} for every request`,
    expected: "an answer by the pods",
    fix: fix`${drop(rule)}; a page for maintenance is for the day of the maintenance`,
  });
}

const failed = /^5\d\d$/;

function errorIn(actions: readonly Field[]): Field | undefined {
  const fixed = actions.filter((action) => action.at("type").text() === "fixed-response");
  return fixed
    .map((action) => action.at("fixedResponse", "statusCode"))
    .find((code) => failed.test(code.textOrEmpty()));
}

const leadsOn = (action: Field): boolean => action.at("type").text() === "forward";

/** Whether every path, or every host, is the rule's. */
function takesAll(rule: Resource): boolean {
  const conditions = rule.at("conditions").list();
  return (
    conditions.length > 0 &&
    conditions.every((condition) =>
      [condition.at("pathPattern", "values"), condition.at("hostHeader", "values")].some((values) =>
        values.texts().some((value) => value === "*" || value === "/*"),
      ),
    )
  );
}
