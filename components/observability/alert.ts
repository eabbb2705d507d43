/** What an alert is, as data: a question, how long it must hold, how bad it is, and what to do about it. */
import type { Limit } from "../core/limits/limit";
import { duration } from "../core/units";

/** `critical` pages; `warning` waits until morning. */
export type Severity = "critical" | "warning";

/** One alert. */
export interface Alert {
  /** Name in the page; its runbook is `docs/runbooks/<name in kebab case>.md`. */
  readonly name: string;
  readonly severity: Severity;
  /** Whether it is how a bad release is noticed, and so has to page in time. */
  readonly release: boolean;
  /** PromQL; fires for each series that it gives. */
  readonly expr: string;
  /** The range of the expression; absent for what is read off the latest sample. */
  readonly window?: Limit;
  /** How long the expression must hold. */
  readonly holds: Limit;
  /** How long it goes on firing once the expression no longer holds; absent: not at all. */
  readonly keepsFiring?: Limit;
  /** One sentence, with the labels that say where. */
  readonly summary: string;
}

/** A rule of a PrometheusRule. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<"severity" | "team", string>>;
  readonly annotations: Readonly<Record<"summary" | "runbook_url", string>>;
}

/** `ReleaseErrorRatio` as `docs/runbooks/release-error-ratio.md`. */
export function runbookPath(alert: Pick<Alert, "name">): string {
  const kebab = alert.name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  return `docs/runbooks/${kebab}.md`;
}

/** The alert as Prometheus takes it. @param runbookBaseUrl where the repository can be read, without a slash at its end. */
export function alertRule(alert: Alert, runbookBaseUrl: string): AlertRule {
  return {
    alert: alert.name,
    expr: alert.expr,
    for: duration(alert.holds),
    ...(alert.keepsFiring && { keep_firing_for: duration(alert.keepsFiring) }),
    labels: { severity: alert.severity, team: "platform" },
    annotations: { summary: alert.summary, runbook_url: `${runbookBaseUrl}/${runbookPath(alert)}` },
  };
}
