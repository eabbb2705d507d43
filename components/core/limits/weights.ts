/** Numbers of the weights by which the load balancer shares traffic between the two cluster slots. */
import { limits } from "./limit";

/** Weights and their steps. */
export const weightLimits = limits({
  stickiness: {
    value: 3600,
    unit: "seconds",
    kind: "choice",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-update-rules.html",
    checked: "2026-11-21",
    reason: "Keeps a session in one cluster while both colours take traffic; longer would hold a shift back.",
  },
  weightTotal: {
    value: 100,
    unit: "percent",
    kind: "choice",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html",
    checked: "2026-11-21",
    reason: "AWS takes 0 to 999 per group; weights that sum to 100 can be read as percent.",
  },
  weightsRulePriority: {
    value: 50_000,
    unit: "count",
    kind: "choice",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html",
    checked: "2026-11-29",
    reason: "The last that AWS takes: a rule that somebody adds, for a maintenance page say, is looked at before it.",
  },
  weightShift: {
    value: 20,
    unit: "percent",
    kind: "choice",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-update-rules.html",
    checked: "2026-11-29",
    reason: "The largest step of 95/5, 80/20, 60/40, 40/60, 20/80, 0/100: a bad generation meets a fifth more at most.",
  },
});
