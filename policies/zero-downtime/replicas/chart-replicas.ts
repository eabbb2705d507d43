/** Pods that the charts of the serving path bring: their values decide, and their defaults are for trying them out. */
import { replicaLimits } from "../../limits/replicas";
import { installs } from "../../kit/network/draining";
import { type Finding, violation } from "../../kit/finding/finding";
import { fix, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { yamlIn } from "../../kit/reading/yaml-text";

/** A value of a chart and what the chart takes when nothing is said. */
interface Value<T> {
  readonly path: readonly string[];
  readonly fallback: T;
}

/** How a chart counts its pods. */
interface Chart {
  /** Whether an autoscaler counts. */
  readonly scaled?: Value<boolean>;
  /** The autoscaler's least. */
  readonly least?: Value<number>;
  readonly replicas: Value<number>;
}

/** What the chart of the load balancer controller takes: a leader and a stand-in. */
const controllers = replicaLimits.controllersByDefault.value;

/** Sources: values.yaml of each chart, istio 1.30, aws-load-balancer-controller 3.5. */
const charts: Readonly<Record<string, Chart>> = {
  istiod: {
    scaled: { path: ["autoscaleEnabled"], fallback: true },
    least: { path: ["autoscaleMin"], fallback: 1 },
    replicas: { path: ["replicaCount"], fallback: 1 },
  },
  gateway: {
    scaled: { path: ["autoscaling", "enabled"], fallback: true },
    least: { path: ["autoscaling", "minReplicas"], fallback: 1 },
    replicas: { path: ["replicaCount"], fallback: 1 },
  },
  "aws-load-balancer-controller": { replicas: { path: ["replicaCount"], fallback: controllers } },
};

/** Where add-ons of EKS count their pods; none of them is one by default. Source: EKS, describe-addon-configuration. */
const counts = [
  ["replicaCount"],
  ["replicas"],
  ["autoScaling", "minReplicas"],
  ["controller", "replicaCount"],
] as const;

/** An add-on with a single pod: DNS, metrics or volumes stop with its next eviction. */
export function* checkAddon(addon: Resource, least: number): Iterable<Finding> {
  // EKS takes JSON or YAML, and shows an empty text where nothing is said.
  const stated = addon.at("configurationValues");
  const values = stated.shape() === "object" ? stated : yamlIn(stated);
  const scaled = values.at("autoScaling", "enabled").flag() === true;
  for (const path of counts) {
    const isBound = path[0] === "autoScaling";
    const field = values.at(...path);
    const pods = field.number();
    if (pods === undefined || pods >= least || (isBound ? !scaled : scaled && path.length === 1)) continue;
    yield violation(addon, {
      at: field.path,
      got: String(pods),
      expected: `at least ${least}`,
      fix: fix`${set(field, least)} or more`,
    });
  }
}

/** A release of a known chart that may run a single pod. */
export function* checkChart(release: Resource, least: number): Iterable<Finding> {
  const found = Object.entries(charts).find(([chart]) => installs(release, chart));
  if (found === undefined) return;
  const [name, { scaled, least: minimum, replicas }] = found;
  const values = release.at("values");
  // Values in files of their own cannot be seen here.
  if (!values.isSet() && release.at("valueYamlFiles").isSet()) return;
  const isScaled = scaled !== undefined && (values.at(...scaled.path).flag() ?? scaled.fallback);
  const decides = isScaled && minimum !== undefined ? minimum : replicas;
  const field = values.at(...decides.path);
  const count = field.number() ?? decides.fallback;
  if (count >= least) return;
  yield violation(release, {
    at: field.path,
    got: field.isSet() ? String(count) : `nothing, for which the chart ${name} takes ${decides.fallback}`,
    expected: `at least ${least}`,
    fix: fix`${set(field, least)} or more`,
  });
}
