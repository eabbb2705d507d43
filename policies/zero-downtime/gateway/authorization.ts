/** Policies of Istio that refuse every request at the gateway. */
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import { drop, remove } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";

/** Where policies hold for the gateway. */
interface Namespaces {
  readonly gateway: string;
  readonly root: string;
}

/** Reads everything that decides which requests the policy allows.
 * @throws UnknownRead @throws MalformedRead */
export function readAuthorization(policy: Resource): unknown {
  return [namespaceOf(policy), actionOf(policy), rulesOf(policy).length, labelsIn(policy)];
}

const actionOf = (policy: Resource): string => policy.at("spec", "action").text() ?? "ALLOW";
const rulesOf = (policy: Resource): readonly Field[] => policy.at("spec", "rules").list();
const labelsIn = (policy: Resource): readonly string[] =>
  policy
    .at("spec", "selector", "matchLabels")
    .members()
    .map(([, value]) => value.textOrEmpty());

/** What is wrong with a policy that holds at the gateway. */
export function* checkAuthorization(stack: Stack, policy: Resource, namespaces: Namespaces): Iterable<Finding> {
  if (!holds(policy, namespaces)) return;
  const action = actionOf(policy);
  if (action === "ALLOW") yield* checkAllow(stack, policy, namespaces);
  if (action !== "DENY") return;
  for (const rule of rulesOf(policy)) {
    if (!takesAll(rule)) continue;
    yield violation(policy, {
      at: rule.path,
      got: "a rule that every request matches: the gateway returns 403 to every request",
      expected: "a rule for the requests that are refused",
      fix: remove(rule),
    });
  }
}

/** Whether the policy is about the gateway: by its namespace, or in the root namespace by labels like the gateway's. */
function holds(policy: Resource, { gateway, root }: Namespaces): boolean {
  const namespace = namespaceOf(policy);
  if (namespace === gateway) return true;
  const labels = labelsIn(policy);
  return namespace === root && (labels.length === 0 || labels.some((value) => /ingress|gateway/.test(value)));
}

/** Policies that allow some requests. */
const allowing = perStack((stack) =>
  stack
    .of(types.authorizationPolicy)
    .filter((policy) => valueOr(() => actionOf(policy) === "ALLOW" && rulesOf(policy).length > 0, false)),
);

/** A policy that allows nothing denies by default: fine beside one that allows something. */
function* checkAllow(stack: Stack, policy: Resource, namespaces: Namespaces): Iterable<Finding> {
  if (rulesOf(policy).length > 0) return;
  if (allowing(stack).some((other) => valueOr(() => holds(other, namespaces), false))) return;
  yield violation(policy, {
    at: policy.at("spec", "rules").path,
    got: "no rule, which allows nothing: the gateway returns 403 to every request",
    expected: "a policy for the gateway that lets requests in",
    fix: drop(policy),
  });
}

const open = /^(\/?\*|0\.0\.0\.0\/0|::\/0)$/;

/** Whether every request matches: there is no source, operation or condition. */
function takesAll(rule: Field): boolean {
  if (rule.at("when").list().length > 0) return false;
  return anyOf(rule.at("from").list(), "source") && anyOf(rule.at("to").list(), "operation");
}

function anyOf(parts: readonly Field[], key: string): boolean {
  return parts.length === 0 || parts.some((part) => isOpen(part.at(key)));
}

/** Values of one member add up, and members narrow each other; a member that excludes narrows all requests. */
function isOpen(part: Field): boolean {
  return part
    .members()
    .every(([name, values]) => !name.startsWith("not") && values.texts().some((value) => open.test(value)));
}
