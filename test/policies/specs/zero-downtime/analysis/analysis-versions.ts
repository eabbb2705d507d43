/** Cases of analysis-fits-rollout: whose requests the queries count. */
import { analysisTemplate, but } from "../../../support/fixtures";
import { canary, inBackground, inStep, metric } from "../../../support/fitting";
import type { Given } from "../../../support/rule";
import { given, type Spec } from "../../../support/spec";

const hash = (podTemplateHashValue: string) => ({ name: "hash", valueFrom: { podTemplateHashValue } });
const service = (value: string) => ({ name: "service", value });
const stableHost = service("shop.shop.svc.cluster.local");
const giving = (...args: readonly object[]): Given => but(inBackground, { [`${canary}.analysis.args`]: args });
/** The template with one metric for each query. */
const counting = (...queries: readonly string[]): Given => {
  const [first] = (analysisTemplate.props as { spec: { metrics: readonly Record<string, unknown>[] } }).spec.metrics;
  return but(analysisTemplate, {
    "spec.args": ["hash", "service"].map((name) => ({ name, value: "x" })),
    "spec.metrics": queries.map((query, index) => ({
      ...first,
      name: `metric-${index}`,
      provider: { prometheus: { address: "http://prometheus", query } },
    })),
  });
};
const byHash =
  'sum(rate(requests_total{hash="{{args.hash}}",code!~"5.."}[2m])) / sum(rate(requests_total{hash="{{args.hash}}"}[2m]))';
const byService = 'sum(rate(istio_requests_total{destination_service=~"{{ args.service }}"}[2m]))';

/** An analysis of the stable version alone. */
export const versionCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "the new version's pods": given(giving(hash("Latest")), counting(byHash)),
    "the stable version's beside a query for everybody, or for the new one": given(
      giving(hash("Stable"), service("shop-canary.shop.svc.cluster.local")),
      counting(byHash, byService),
    ),
    "all but the stable version's": given(giving(hash("Stable")), counting('sum(rate(r{hash!="{{args.hash}}"}[2m]))')),
    "one of two versions": given(giving(hash("Stable")), counting('sum(rate(r{hash=~"{{args.hash}}|b"}[2m]))')),
    "a part of everybody's": given(
      giving(hash("Stable")),
      counting('sum(rate(r{hash="{{args.hash}}"}[2m])) / sum(rate(r[2m]))'),
    ),
    "two selectors of which one picks": given(
      giving(hash("Stable")),
      counting('sum(rate(r{hash="{{args.hash}}"}[2m])) / sum(rate(r{app="shop"}[2m]))'),
    ),
    "a query without a selector, which counts everybody": given(giving(hash("Stable")), counting(byHash, "sum(up)")),
    "one Service for both versions": given(
      but(giving(stableHost), { [`${canary}.canaryService`]: "shop" }),
      counting(byService),
    ),
    "an experiment, which compares versions of its own": given(
      but(inBackground, {
        [`${canary}.steps.0`]: {
          experiment: { templates: [], analyses: [{ templateName: "slo", args: [hash("Stable")] }] },
        },
      }),
      counting(byHash),
    ),
    "a hash that no query reads": given(giving(hash("Stable")), counting('sum(rate(r{app="shop"}[2m]))')),
    "the name of a Service where another label has it": given(
      giving(stableHost),
      counting('sum(rate(r{host="{{args.service}}"}[2m]))'),
    ),
    "a name that may be the application's": given(giving(service("shop")), counting(byService)),
    "one Service with both versions, by subsets or without a mesh": given(
      but(giving(stableHost), {
        [`${canary}.trafficRouting.istio.destinationRule`]: {
          name: "shop",
          stableSubsetName: "stable",
          canarySubsetName: "canary",
        },
      }),
      but(giving(stableHost), { "metadata.name": "plain", [`${canary}.trafficRouting`]: undefined }),
      but(giving(stableHost), { "metadata.name": "single", [`${canary}.canaryService`]: undefined }),
      counting(byService),
    ),
  },
  bad: {
    "the stable version's pods alone": given(giving(hash("Stable")), counting(byHash)),
    "the stable version's pods in a step": given(
      but(inStep, { [`${canary}.steps.2.analysis.args`]: [hash("Stable")] }),
      but(counting(byHash), { [`${metric}.count`]: 3, [`${metric}.interval`]: "30s" }),
    ),
    "beside a Service that no query reads, in single quotes": given(
      giving(stableHost, hash("Stable")),
      counting("sum(rate(r{path!~'/a}.*',hash='{{args.hash}}'}[2m]))"),
    ),
    "the stable version's Service alone": given(giving(stableHost), counting(byService)),
    "the stable version by its Service and by its pods": given(
      giving(service("shop.shop.svc"), hash("Stable")),
      counting(byHash, byService),
    ),
  },
};
