/** Values of the charts of one slot's gateway: their files, and what is computed or chosen for the gateway itself. */
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { chartValues, type ChartValues, mergeValues, type Profile } from "../charts/chart-values";
import type { Problem } from "../core/checks";
import { trafficLimits } from "../core/limits/traffic";
import { bucketAnnotation } from "./histogram-buckets";

/** Values of a chart as their files in this folder have them. */
export function trafficValues(chart: string, profile: Profile): ChartValues {
  return chartValues(path.join(__dirname, "values"), chart, profile);
}

/** What is wrong with a number of trusted proxies; empty when nothing is. */
export function proxyProblems(got: number | undefined): Problem[] {
  const least = trafficLimits.gatewayTrustedProxies.value;
  if (got === undefined || (Number.isInteger(got) && got >= least)) return [];
  const allowed = `a whole number from ${least}: the load balancer always stands there`;
  return [{ path: "trustedProxies", got, allowed, fix: "Leave it out, or write 2 where CloudFront stands before it." }];
}

/** Annotation with what differs from the mesh's proxies, as YAML. */
const proxyConfig = "proxy.istio.io/config";

/** The values file's, with another number of proxies. */
function withProxies(values: ChartValues, numTrustedProxies: number): Readonly<Record<string, string>> {
  const { [proxyConfig]: text = "" } = values["podAnnotations"] as Readonly<Record<string, string>>;
  const config = parse(text) as Readonly<Record<string, unknown>>;
  return { [proxyConfig]: stringify({ ...config, gatewayTopology: { numTrustedProxies } }) };
}

/** Values of the gateway's release. @param trustedProxies where it is another number than the values file's. */
export function gatewayValues(profile: Profile, trustedProxies?: number): ChartValues {
  const values = trafficValues("istio-gateway", profile);
  const proxies = trustedProxies === undefined ? {} : withProxies(values, trustedProxies);
  return mergeValues(values, { podAnnotations: { ...bucketAnnotation, ...proxies } });
}
