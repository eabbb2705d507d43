/** Cases of analysis-fits-rollout: windows of queries, and how often monitors read. */
import { analysisTemplate, but, namespace } from "../../../support/fixtures";
import { metric } from "../../../support/fitting";
import type { Given } from "../../../support/rule";
import { given, object, previewed, type Spec, UNKNOWN } from "../../../support/spec";

const querying = (text: string): Given => but(analysisTemplate, { [`${metric}.provider.prometheus.query`]: text });
const reading = (space: unknown, interval: string | undefined, name = `of-${String(space)}`): Given =>
  object("monitoring.coreos.com/v1:ServiceMonitor", name, {
    metadata: { name: "shop", namespace: space },
    spec: { selector: {}, endpoints: [{ port: "http", ...(interval === undefined ? {} : { interval }) }] },
  });
const minute = querying("sum(rate(ok{app='shop'}[1m])) / sum(rate(all{app='shop'}[2m]))");

/** Cases of analysis-fits-rollout: windows of queries, and how often monitors read. */
export const windowCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "windows in which its monitors read twice, and windows of others": given(minute, reading("shop", "30s"), {
      ...reading("shop", "5m"),
      name: "slow",
    }),
    "windows over what the platform reads, and over what the server decides": given(
      querying("sum(rate(istio_requests_total{app='shop'}[1m]))"),
      reading("shop", "5m"),
      { ...but(querying("sum(rate(ok{app='shop'}[1m]))"), { "metadata.namespace": "other" }), name: "other" },
      reading("other", undefined),
    ),
    "a window without a monitor, and one beside monitors of other namespaces": given(
      namespace,
      minute,
      reading("other", "5m"),
      reading("third", "1h"),
    ),
    "a window beside a monitor that says nothing, by an empty text": given(minute, reading("shop", "5m"), {
      ...reading("shop", ""),
      name: "empty",
    }),
    "no window, and brackets of another language": given(
      querying("up{app='shop'}"),
      but(querying("ok{app='shop'} > bool {{args.bar}} [a]"), { "spec.args": [{ name: "bar" }] }),
      reading("shop", "5m"),
    ),
  },
  bad: {
    "a window in which nothing is read twice": given(minute, reading("shop", "1m")),
    "a window with spaces, of several units": given(querying("rate(ok{app='shop'}[ 1m30s ])"), reading("shop", "1m")),
    "a window beside one monitor that reads, and others elsewhere": given(
      minute,
      reading("other", "5s"),
      reading("shop", "2m"),
    ),
    "a window beside a monitor whose namespace a preview hides": previewed(
      minute,
      reading("shop", "2m"),
      reading(UNKNOWN, "5s", "hidden"),
    ),
    "intervals that are none": given(
      minute,
      ...["x30s", "30sx", "1 m"].map((text) => reading("shop", text, `of ${text}`)),
    ),
  },
};
