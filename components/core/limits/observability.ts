/** Numbers of monitoring: how often it looks, when it speaks up, and how long a page may take. */
import { limits } from "./limit";

const PROMETHEUS = "https://prometheus.io/docs/prometheus/latest/configuration/configuration/";
const ALERTMANAGER = "https://prometheus.io/docs/alerting/latest/configuration/";
const SLO_ALERTS = "https://sre.google/workbook/alerting-on-slos/";
const checked = "2026-11-21";

/** Scraping, alerting and what is built on both. */
export const observabilityLimits = limits({
  scrapeInterval: {
    value: 15,
    unit: "seconds",
    kind: "choice",
    source: `${PROMETHEUS}#configuration-file`,
    checked,
    reason: "Release gates look at the last two minutes; at the default of 30 s they would judge four samples.",
  },
  evaluationInterval: {
    value: 15,
    unit: "seconds",
    kind: "choice",
    source: `${PROMETHEUS}#configuration-file`,
    checked,
    reason: "Part of the 90 s to a page; more often than the scrape would look at the same samples again.",
  },
  prometheusPort: {
    value: 9090,
    unit: "port",
    kind: "hard limit",
    source: "https://prometheus.io/docs/prometheus/latest/getting_started/",
    checked,
    reason: "Prometheus listens here and the chart's Service keeps the number; the release gates query it.",
  },
  pageBudget: {
    value: 90,
    unit: "seconds",
    kind: "choice",
    source: SLO_ALERTS,
    checked,
    reason: "The promise: from the first bad response of a release to the page, by configuration alone.",
  },
  certificateNotice: {
    value: 21,
    unit: "days",
    kind: "choice",
    source: "https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html",
    checked,
    reason: "ACM renews 60 days before the end; one still not renewed after 39 days will not be without help.",
  },
  pageGroupWait: {
    value: 5,
    unit: "seconds",
    kind: "choice",
    source: `${ALERTMANAGER}#route`,
    checked,
    reason: "Part of the 90 s to a page; the default of 30 s collects alerts that a page does not need.",
  },
  pageGroupInterval: {
    value: 10,
    unit: "seconds",
    kind: "choice",
    source: `${ALERTMANAGER}#route`,
    checked: "2026-11-29",
    reason:
      "Part of the 90 s to a page: at the default of five minutes a second incident of the same alert would page that much later.",
  },
  noticeGroupWait: {
    value: 60,
    unit: "seconds",
    kind: "choice",
    source: `${ALERTMANAGER}#route`,
    checked,
    reason: "Warnings of one cause arrive within a minute and make one notice.",
  },
  groupInterval: {
    value: 300,
    unit: "seconds",
    kind: "choice",
    source: `${ALERTMANAGER}#route`,
    checked,
    reason: "Alertmanager's default: how often a group that has been told of may tell of new alerts in it.",
  },
  repeatInterval: {
    value: 4,
    unit: "hours",
    kind: "choice",
    source: `${ALERTMANAGER}#route`,
    checked,
    reason: "Alertmanager's default: an alert that nobody resolved is told again.",
  },
  alarmPeriod: {
    value: 60,
    unit: "seconds",
    kind: "hard limit",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
    checked,
    reason: "The load balancer reports once a minute; a shorter period would have no data.",
  },
  unhealthyPeriods: {
    value: 2,
    unit: "count",
    kind: "choice",
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
    checked,
    reason: "A rolling gateway pod is unhealthy for seconds; two minutes are no roll.",
  },
  certificatePeriod: {
    value: 86_400,
    unit: "seconds",
    kind: "hard limit",
    source: "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html",
    checked,
    reason: "ACM publishes DaysToExpiry twice a day.",
  },
});
