/** Numbers of monitoring: how often it scrapes, when it alerts, and how long a page may take. */
import { byDefault, choice, hardLimit, limits } from "./limit";

const PROMETHEUS = "https://prometheus.io/docs/prometheus/latest/configuration/configuration/";
const ALERTMANAGER = "https://prometheus.io/docs/alerting/latest/configuration/";
const SLO_ALERTS = "https://sre.google/workbook/alerting-on-slos/";

/** Scraping, alerting and what is built on both. */
export const observabilityLimits = limits("2026-11-21", {
  scrapeInterval: choice(15, "seconds", {
    source: `${PROMETHEUS}#configuration-file`,
    reason: "Release gates query the last two minutes; at the default of 30 s they would have four samples.",
  }),
  evaluationInterval: choice(15, "seconds", {
    source: `${PROMETHEUS}#configuration-file`,
    reason: "Part of the 90 s to a page; more often than the scrape would look at the same samples again.",
  }),
  prometheusPort: byDefault(9090, "port", {
    source: "https://prometheus.io/docs/prometheus/latest/getting_started/",
    reason: "Prometheus listens here and the chart's Service keeps the number; the release gates query it.",
  }),
  standbyHolds: choice(0, "seconds", {
    source: "https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/",
    reason: "What mutes the alerts of a leg that stands by fires with its first evaluation, before any of them can.",
    checked: "2026-11-30",
  }),
  pageBudget: choice(90, "seconds", {
    source: SLO_ALERTS,
    reason: "The promise: from the first bad response of a release to the page, by configuration alone.",
  }),
  certificateNotice: choice(21, "days", {
    source: "https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html",
    reason: "ACM renews 60 days before the end; one still not renewed after 39 days will not be without help.",
  }),
  pageGroupWait: choice(5, "seconds", {
    source: `${ALERTMANAGER}#route`,
    reason: "Part of the 90 s to a page; the default of 30 s collects alerts that a page does not need.",
  }),
  pageGroupInterval: choice(10, "seconds", {
    source: `${ALERTMANAGER}#route`,
    reason:
      "Part of the 90 s to a page: at the default of five minutes a second incident of the same alert would page that much later.",
    checked: "2026-11-29",
  }),
  noticeGroupWait: choice(60, "seconds", {
    source: `${ALERTMANAGER}#route`,
    reason: "Warnings of one cause arrive within a minute and make one notification.",
  }),
  groupInterval: choice(300, "seconds", {
    source: `${ALERTMANAGER}#route`,
    reason: "Alertmanager's default: how soon a group that was notified notifies of new alerts in it.",
  }),
  repeatInterval: choice(4, "hours", {
    source: `${ALERTMANAGER}#route`,
    reason: "Alertmanager's default: an unresolved alert is sent again.",
  }),
  alarmPeriod: hardLimit(60, "seconds", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
    reason: "The load balancer reports once a minute; a shorter period would have no data.",
  }),
  unhealthyPeriods: choice(2, "count", {
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
    reason: "A rolling gateway pod is unhealthy for seconds; two minutes are no roll.",
  }),
  certificatePeriod: hardLimit(86_400, "seconds", {
    source: "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html",
    reason: "ACM publishes DaysToExpiry twice a day.",
  }),
});
