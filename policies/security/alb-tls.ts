/** Rule alb-tls. */
import type { Field } from "../kit/reading/field";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { remove, set } from "../kit/finding/remedy";
import type { Resource, Stack } from "../kit/reading/resource";
import { eachResource, stackRule } from "../kit/rule/rule";
import { texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";

/** Traffic to the load balancer is encrypted in transit. */
export const albTls = stackRule({
  id: "alb-tls",
  group: "security",
  level: "mandatory",
  forbids:
    "A listener, or a rule of one, that serves HTTP, or HTTPS with an outdated policy, and a load balancer that lets ambiguous requests through.",
  prevents: "Interception, downgrade to ciphers that are broken, and requests that are read in two ways (smuggling).",
  source: "Security Hub ELB.1 and ELB.12; ALB user guide, security policies",
  settings: { policies: texts([], "Further security policies that are accepted, by their full name.", "any") },
  limits: "A rule of a listener belongs to the listener that its listenerArn was made from.",
  examples: {
    bad: "{ port: 443, protocol: 'HTTPS' }   # unset sslPolicy means 2016-08",
    good: "{ port: 443, protocol: 'HTTPS', sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', … }",
  },
  *check(stack, { policies }) {
    yield* eachResource(stack.of(types.listener), (listener) => checkListener(listener, policies));
    yield* eachResource(stack.of(types.loadBalancer), checkDesync);
    yield* eachResource(stack.of(types.listenerRule), (rule) => checkRule(stack, rule));
  },
});

/** `defensive` is AWS's default. */
function* checkDesync(balancer: Resource): Iterable<Finding> {
  const field = balancer.at("desyncMitigationMode");
  if (field.text() !== "monitor") return;
  yield violation(balancer, {
    at: field.path,
    got: "monitor, which passes on what two servers may read in two ways",
    expected: "defensive or strictest",
    fix: remove(field),
  });
}

/** The provider accepts any case. Source: terraform-provider-aws internal/service/elbv2/listener.go, protocol. */
function protocolOf(listener: Resource): string | undefined {
  return listener.at("protocol").text()?.toUpperCase();
}

function* checkListener(listener: Resource, policies: readonly string[]): Iterable<Finding> {
  const protocol = protocolOf(listener);
  if (protocol === "HTTPS" || protocol === "TLS") {
    yield* checkPolicy(listener, policies);
    return;
  }
  if (protocol !== undefined && protocol !== "HTTP") return;
  const actions = listener.at("defaultActions");
  const parts = actions.list();
  if (parts.length > 0 && parts.every(redirectsToTls)) return;
  const got = protocol === undefined ? "no protocol" : "HTTP without a redirect to HTTPS";
  yield violation(listener, {
    at: actions.path,
    got,
    expected: "a redirect to HTTPS",
    fix: set(actions, [toTls]),
  });
}

/**
 * Listener rules take precedence over the default action: one with `forward` serves over plain HTTP what the
 * default action redirects.
 */
function* checkRule(stack: Stack, rule: Resource): Iterable<Finding> {
  const listener = stack.linked(rule, "listenerArn").find((linked) => linked.is(types.listener));
  if (listener === undefined || (protocolOf(listener) ?? "HTTP") !== "HTTP") return;
  const actions = rule.at("actions");
  const parts = actions.list();
  if (parts.length > 0 && parts.every(redirectsToTls)) return;
  yield violation(rule, {
    at: actions.path,
    got: `an action on ${listener.name}, which serves HTTP, that is no redirect to HTTPS`,
    expected: "a redirect to HTTPS",
    fix: set(actions, [toTls]),
  });
}

/** The only action allowed for plain HTTP. */
const toTls = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

function redirectsToTls(action: Field): boolean {
  const redirect = action.at("redirect", "protocol").text()?.toUpperCase();
  return action.at("type").text() === "redirect" && redirect === "HTTPS";
}

/** TLS 1.2 and up with forward secrecy. Source: ALB user guide, security policies; the Ext and 1-0, 1-1 families are weaker. */
const strong = /^ELBSecurityPolicy-TLS13-1-[23](-(Res|FIPS|Res-FIPS|PQ|Res-PQ|FIPS-PQ|Res-FIPS-PQ))?(-\d{4}-\d{2})$/;

function* checkPolicy(listener: Resource, accepted: readonly string[]): Iterable<Finding> {
  const field = listener.at("sslPolicy");
  const policy = field.text();
  if (policy !== undefined && (strong.test(policy) || accepted.includes(policy))) return;
  const got = policy === undefined ? "nothing, which means ELBSecurityPolicy-2016-08" : named(policy);
  const fix = set(field, "ELBSecurityPolicy-TLS13-1-2-2021-06");
  yield violation(listener, {
    at: field.path,
    got,
    expected: "TLS 1.2 or newer alone (ELBSecurityPolicy-TLS13-1-2 or -1-3)",
    fix,
  });
}

/** Names of AWS's predefined policies are printed. Any other value might be a secret. */
function named(policy: string): string {
  return /^ELBSecurityPolicy-[A-Za-z0-9-]{1,60}$/.test(policy) ? `the weaker ${policy}` : valueText(policy);
}
