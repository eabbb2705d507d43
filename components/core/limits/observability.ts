/** Numbers of monitoring. */
import { limits } from "./limit";

const checked = "2026-11-21";

/** Scraping and what is built on it. */
export const observabilityLimits = limits({
  scrapeInterval: {
    value: 15,
    unit: "seconds",
    kind: "choice",
    source: "https://prometheus.io/docs/prometheus/latest/configuration/configuration/#configuration-file",
    checked,
    reason: "Release gates look at the last two minutes; at the default of 30 s they would judge four samples.",
  },
});
