/** Series of a query: whether it says anything about one version among all that is measured. */
import { describe, expect, it } from "vitest";
import {
  sayNothing,
  takesEveryScope,
  wholesaleSeries,
} from "../../../../../policies/kit/argo-rollouts/expressions/series";

describe("the shared series of a query", () => {
  it.each([
    ["sum(rate(http_requests_total[5m]))", ["http_requests_total"]],
    ["up + sum(http_requests_total)", ["up", "http_requests_total"]],
    ["sum by (job) (up)", ["up"]],
    ["up / on (job, instance) group_left (node) http_requests_total", ["up", "http_requests_total"]],
    ["rate (up[5m])", ["up"]],
    ["rate(up[{{args.window}}])", ["up"]],
    ["rate(up[5m]offset 1d)", ["up"]],
    ["up # whatever runs", ["up"]],
    ['up{job=""}', ["up"]],
    ['up{job=~".*"}', ["up"]],
    ['up{job=~".+"}', ["up"]],
    ['up{job!="shop"}', ["up"]],
    ["up{}", ["up"]],
    ['http_requests_total{code="500"}', ["http_requests_total"]],
    ["up or UP", []],
  ])("of %s are %j", (query, series) => {
    expect(wholesaleSeries(query)).toEqual(series);
  });

  it.each([
    ["a label narrows it", 'up{job="shop"}'],
    ["a label narrows it, with room around the sign", "up{job = 'shop'}"],
    ["a label narrows it, with room before the sign", 'up{job ="shop"}'],
    ["a label narrows it, with room behind the sign", 'up{job= "shop"}'],
    ["a label narrows it by a text that holds the sign of its end", 'up{job="sh\\"op"}'],
    ["one of several labels narrows it", 'http_requests_total{code=~"5..",app=~"shop-.*"}'],
    ["it reads a series of its own too", "up + shop_logins_total"],
    ["it reads a series that is called like a word", 'up + count{job="x"}'],
    ["it reads a selector without a name", 'up or {group=~".*"}'],
    ["an argument writes its labels", "http_requests_total{ {{args.labels}} }"],
    ["an argument is a series of its own", "up + {{args.query}}"],
    ["an argument is the value of a label", 'up{job="{{args.job}}"}'],
  ])("are none where %s", (_why, query) => {
    expect(wholesaleSeries(query)).toEqual([]);
  });

  it("say nothing where each is about what runs", () => {
    expect(sayNothing(["up", "kube_pod_info"])).toBe(true);
    expect(sayNothing(["up", "http_requests_total"])).toBe(false);
  });
});

describe("the scopes of a query of Datadog", () => {
  it.each([
    ["avg:requests.errors{*}", true],
    ["avg:requests.errors{ * }", true],
    ["avg:requests.errors{*} by {host}", true],
    ["avg:requests.errors{*}by{host}", true],
    ["avg:requests.errors{*} / avg:requests.hits{*}", true],
    ["avg:requests.errors{*} / avg:requests.hits{service:shop}", false],
    ["avg:requests.errors{service:shop}", false],
    ["avg:requests.errors{{{args.scope}}}", false],
    ["avg:requests.errors", false],
  ])("of %s: everything %j", (query, everything) => {
    expect(takesEveryScope(query)).toBe(everything);
  });
});
