/** How long it takes from the first bad response to the page, by the configuration of everything on the way. */
import type { Alert } from "../../../components/observability/alert";
import { observabilityLimits } from "../../../components/core/limits/observability";
import { inSeconds } from "../../../components/core/units";

/** The parts of the way from the first bad response to the page, in seconds. */
export interface PagePath {
  /** The first bad response falls right after a scrape. */
  readonly scrape: number;
  /** At worst all of the window has to be bad. */
  readonly window: number;
  /** The sample arrives right after an evaluation. */
  readonly evaluation: number;
  /** Whole evaluations, as a rule is looked at only then. */
  readonly holds: number;
  /** Alertmanager collects what belongs together, or takes its next turn at a group that it has already told of. */
  readonly group: number;
}

/**
 * The longest way to a page that the configuration allows, part by part. Not in it: what no configuration decides, that
 * is the request to the on-call tool and what that does with it.
 */
export function pagePath(alert: Alert): PagePath {
  const { scrapeInterval, evaluationInterval, pageGroupWait, pageGroupInterval } = observabilityLimits;
  const evaluation = inSeconds(evaluationInterval);
  return {
    scrape: inSeconds(scrapeInterval),
    window: alert.window === undefined ? 0 : inSeconds(alert.window),
    evaluation,
    holds: Math.ceil(inSeconds(alert.holds) / evaluation) * evaluation,
    group: Math.max(inSeconds(pageGroupWait), inSeconds(pageGroupInterval)),
  };
}

/** The sum of {@link pagePath}: seconds from the first bad response to the page. */
export function secondsToPage(alert: Alert): number {
  return Object.values(pagePath(alert)).reduce((sum: number, part: number) => sum + part, 0);
}
