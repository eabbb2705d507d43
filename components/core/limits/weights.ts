/** Numbers of the weights by which the load balancer shares traffic between the two cluster slots. */
import { choice, limits } from "./limit";

/** Weights and their steps. */
export const weightLimits = limits("2026-11-21", {
  stickiness: choice(3600, "seconds", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-update-rules.html",
    reason: "Keeps a session in one cluster while both colours take traffic; longer would hold a shift back.",
  }),
  weightTotal: choice(100, "percent", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html",
    reason: "AWS takes 0 to 999 per group; weights that sum to 100 can be read as percent.",
  }),
  weightsRulePriority: choice(50_000, "count", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html",
    reason: "The last that AWS takes: an added rule, such as for a maintenance page, comes before it.",
    checked: "2026-11-29",
  }),
  weightShift: choice(20, "percent", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-update-rules.html",
    reason: "The largest step of 95/5, 80/20, 60/40, 40/60, 20/80, 0/100: a bad generation meets a fifth more at most.",
    checked: "2026-11-29",
  }),
});
