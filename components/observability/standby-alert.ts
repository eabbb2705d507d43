/** The alert that mutes all others: it fires where a leg stands by, and is one object that a failover takes away. */
import { observabilityLimits } from "../core/limits/observability";
import type { Alert } from "./alert";

/**
 * Fires for as long as it is there, and pages nobody. Alertmanager's configuration and the chart's values stay as they are
 * whether a leg serves or stands by: waking the alerts needs no chart, and no registry of one.
 */
export const legStandsBy: Alert = {
  name: "LegStandsBy",
  severity: "warning",
  release: false,
  expr: "vector(1)",
  holds: observabilityLimits.standbyHolds,
  summary: "This leg stands by: every other alert of its cluster is muted",
};
