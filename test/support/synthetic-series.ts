/** What the gateway would have counted, as series for promtool: one sample for each scrape of 15 seconds. */
import { latencyBuckets } from "../../components/traffic/histogram-buckets";
import type { InputSeries } from "./promtool";

type Sample = number | "_" | "NaN";

/** Requests to one Service. Scrapes are counted from 0. */
export interface Traffic {
  /** Short name of the Service, in namespace `shop`. */
  readonly service: string;
  /** Requests between two scrapes. @default 1000 */
  readonly requests?: number;
  /** How many of them fail with 503. @default none */
  readonly failing?: (scrape: number) => number;
  /** How many of them are refused with 401. @default none */
  readonly rejected?: (scrape: number) => number;
  /** Answer times in milliseconds and how many requests of 1000 take that long. @default all take 100 */
  readonly times?: readonly (readonly [milliseconds: number, of1000: number])[];
  /** Whether requests come at all before this scrape. @default always */
  readonly busy?: (scrape: number) => boolean;
  /** Whether Prometheus has a sample of this scrape. @default always */
  readonly seen?: (scrape: number) => boolean;
  /** The scrape at which the gateway's pod has just started anew: everything counts from zero. @default never */
  readonly reset?: number;
  /** Whether every sample is NaN. @default false */
  readonly nan?: boolean;
  /** How `le` is stored: Prometheus 3 writes 500.0, Prometheus 2 wrote 500. @default 3 */
  readonly major?: 2 | 3;
}

/** The samples written out. */
export function series(
  name: string,
  labels: Readonly<Record<string, string>>,
  samples: readonly Sample[],
): InputSeries {
  const text = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return { series: `${name}{${text.join(",")}}`, values: samples.join(" ") };
}

/** The same sample at every scrape from 0 to `last`. */
export function steady(value: number, last: number): readonly number[] {
  return Array<number>(last + 1).fill(value);
}

/** A counter that grows by `added` before each scrape; it does not exist before it has counted something. */
function counter(traffic: Traffic, last: number, added: (scrape: number) => number): readonly Sample[] {
  const { busy = () => true, seen = () => true, reset, nan = false } = traffic;
  let total = 0;
  return Array.from({ length: last + 1 }, (_, scrape): Sample => {
    if (scrape === reset) total = 0;
    total += busy(scrape) ? added(scrape) : 0;
    if (total === 0 || !seen(scrape)) return "_";
    return nan ? "NaN" : total;
  });
}

const le = (bound: number, major: number): string => (Number.isInteger(bound) && major > 2 ? `${bound}.0` : `${bound}`);

/** All series of the traffic until scrape `last`. */
export function seriesOf(traffic: Traffic, last: number): readonly InputSeries[] {
  const { service, requests = 1000, failing = () => 0, rejected = () => 0, times = [[100, 1000]], major = 3 } = traffic;
  const labels = {
    reporter: "source",
    destination_service: `${service}.shop.svc.cluster.local`,
    destination_service_name: service,
    destination_service_namespace: "shop",
  };
  const code = (response_code: string, added: (scrape: number) => number) =>
    series("istio_requests_total", { ...labels, response_code }, counter(traffic, last, added));
  // The gateway records whole milliseconds.
  const within = (bound: number) =>
    times.filter(([time]) => Math.trunc(time) <= bound).reduce((sum, [, of1000]) => sum + of1000, 0) / 1000;
  const histogram = "istio_request_duration_milliseconds";
  const bucket = (bound: number, text: string) =>
    series(`${histogram}_bucket`, { ...labels, response_code: "200", le: text }, [
      // A bucket exists with its histogram, empty or not.
      ...counter(traffic, last, () => requests).map((sample) =>
        typeof sample === "number" ? Math.round(sample * within(bound) * 1e6) / 1e6 : sample,
      ),
    ]);
  return [
    code("200", (scrape) => requests - failing(scrape) - rejected(scrape)),
    code("503", failing),
    code("401", rejected),
    series(
      `${histogram}_count`,
      { ...labels, response_code: "200" },
      counter(traffic, last, () => requests),
    ),
    ...latencyBuckets.map((bound) => bucket(bound, le(bound, major))),
    bucket(Infinity, "+Inf"),
  ];
}
