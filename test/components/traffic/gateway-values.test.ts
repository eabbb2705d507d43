/** Values of the gateway's release: how many proxies before it are trusted, and that nothing else changes with them. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { gatewayValues, proxyProblems, trafficValues } from "../../../components/traffic/gateway-values";
import { bucketAnnotation } from "../../../components/traffic/histogram-buckets";

const CONFIG = "proxy.istio.io/config";

type Annotations = Readonly<Record<string, string>>;
const annotationsOf = (values: object): Annotations => (values as { podAnnotations: Annotations }).podAnnotations;
const proxyOf = (values: object): object => parse(annotationsOf(values)[CONFIG] ?? "") as object;

describe.each(["production", "dev"] as const)("by the profile %s", (profile) => {
  const file = trafficValues("istio-gateway", profile);

  test("the load balancer alone is trusted, as the file says", () => {
    const own = gatewayValues(profile);
    expect(annotationsOf(own)).toEqual({ ...annotationsOf(file), ...bucketAnnotation });
    expect(proxyOf(own)).toMatchObject({ gatewayTopology: { numTrustedProxies: 1 } });
  });

  test("behind CloudFront two are, and nothing else of the proxy or of the pods changes", () => {
    const two = gatewayValues(profile, 2);
    expect(proxyOf(two)).toEqual({ ...proxyOf(file), gatewayTopology: { numTrustedProxies: 2 } });
    expect(two).toEqual({
      ...file,
      podAnnotations: { ...annotationsOf(file), ...bucketAnnotation, [CONFIG]: annotationsOf(two)[CONFIG] },
    });
  });
});

test.each([0, 1.5, -1, Number.NaN])("%d trusted proxies are refused", (got) => {
  const allowed = "a whole number from 1: the load balancer always stands there";
  const fix = "Leave it out, or write 2 where CloudFront stands before it.";
  expect(proxyProblems(got)).toEqual([{ path: "trustedProxies", got, allowed, fix }]);
});

test.each([undefined, 1, 2, 3])("%s is accepted", (got) => {
  expect(proxyProblems(got)).toEqual([]);
});
