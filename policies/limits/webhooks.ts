/** Bounds of admission webhooks that only policy rules need. */
import { byDefault, hardLimit, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const webhookLimits = limits("2026-11-21", {
  webhookTimeoutBelow: hardLimit(30, "seconds", {
    source: "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#timeouts",
    reason: "Longest webhook timeout: at this value one dead webhook holds every request until the API gives up",
  }),
  webhookTimeoutByDefault: byDefault(10, "seconds", {
    source: "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#timeouts",
    reason: "Webhook timeout when nothing is said",
  }),
});
