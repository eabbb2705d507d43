/** How often Prometheus reads, and how long it waits: a scrape that it refuses leaves each gate over it without data. */
import { secondsPer } from "../../kit/reading/amount";
import { type Field, valueOr, MalformedRead } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import { copy, either, remove } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachPart, reportUnreadable } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";

/** Objects of the Prometheus operator that say what is read. */
export const scraping = [types.serviceMonitor, types.podMonitor, types.probeMonitor, types.scrapeConfig];

/** How often one endpoint is read, and how long its answer is waited for. */
interface Scrape {
  readonly interval: Field;
  readonly timeout: Field;
}

function scrapesOf(monitor: Resource): readonly Scrape[] {
  const spec = monitor.at("spec");
  const own = monitor.is(types.scrapeConfig) ? "scrapeInterval" : "interval";
  const list = monitor.is(types.podMonitor) ? "podMetricsEndpoints" : "endpoints";
  const parts = monitor.is(types.serviceMonitor, types.podMonitor) ? spec.at(list).list() : [spec];
  return parts.map((part) => ({ interval: part.at(own), timeout: part.at("scrapeTimeout") }));
}

/** Reads that Prometheus refuses: one that waits longer than until the next. */
export function* checkScrapes(monitor: Resource): Iterable<Finding> {
  yield* eachPart(monitor, scrapesOf(monitor), function* ({ interval, timeout }) {
    const [every, patience] = [secondsOf(interval), secondsOf(timeout)];
    // Without an interval that of the server counts, which is not in sight.
    if (every === undefined || patience === undefined || patience <= every) return;
    yield violation(monitor, {
      at: timeout.path,
      got: `${patience} s, which Prometheus refuses beside an interval of ${every} s`,
      expected: `at most ${every} s`,
      fix: either(remove(timeout), copy(interval, timeout)),
    });
  });
}

/** Reads of Prometheus that a rate needs in its window. */
const samples = 2;

/** Gates of an application over windows in which none of its monitors reads twice: they have no data. */
export function* checkWindows(stack: Stack, template: Resource): Iterable<Finding> {
  const queries = template
    .at("spec", "metrics")
    .list()
    .map((metric) => metric.at("provider", "prometheus", "query"));
  const windows = queries.flatMap((query) => {
    const window = shortestWindow(query.textOrEmpty());
    return window === undefined ? [] : [{ query, window }];
  });
  if (windows.length === 0) return;
  const namespace = namespaceOf(template);
  const monitors = stack.of(...scraping).filter((one) => valueOr(() => namespaceOf(one) === namespace, true));
  const read = (monitor: Resource): readonly (number | undefined)[] =>
    namespaceOf(monitor) === namespace ? scrapesOf(monitor).map(({ interval }) => secondsOf(interval)) : [];
  yield* reportUnreadable(monitors, read);
  const intervals = monitors.flatMap((monitor) => valueOr(() => read(monitor), [undefined]));
  const every = Math.min(...intervals.map((seconds) => seconds ?? 0));
  for (const { query, window } of intervals.length === 0 ? [] : windows) {
    if (every * samples <= window) continue;
    yield violation(template, {
      at: query.path,
      got: `a window of ${window} s over what the monitors of the namespace read every ${every} s, so that no rate has a value`,
      expected: `a window of at least ${every * samples} s`,
      fix: `let the monitors read every ${Math.floor(window / samples)} s, or query over ${every * samples} s`,
      advisory: true,
    });
  }
}

/** Series of the platform's own monitors. */
const ofPlatform = /\b(istio|envoy|kube|container|node)_\w+/;

function shortestWindow(query: string): number | undefined {
  if (ofPlatform.test(query)) return undefined;
  const found = [...query.matchAll(/\[\s*([0-9a-z]+)\s*\]/g)].flatMap(([, text = ""]) => seconds(text) ?? []);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** Prometheus has weeks and years as well. */
const unitSeconds: Readonly<Record<string, number>> = { ...secondsPer, w: 604_800, y: 31_536_000 };

/** Seconds of a duration of Prometheus, such as 1m30s. Source: prometheus/common, model.ParseDuration. */
function seconds(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^(\d+(ms|[smhdwy]))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (unitSeconds[unit] ?? 0), 0);
}

/** @throws MalformedRead for a text that is no duration. */
function secondsOf(field: Field): number | undefined {
  const text = field.text();
  if (text === undefined || text === "") return undefined;
  const found = seconds(text);
  if (found === undefined) throw new MalformedRead(field.path, "a text", "a duration of Prometheus, such as 30s");
  return found;
}
