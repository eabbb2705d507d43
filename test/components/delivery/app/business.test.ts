/** A gate on a number of the business: what it concludes from which numbers, by promtool on the rendered query. */
import { describe, expect, test } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import { differences, havePromtool } from "../../../support/promtool";
import { fullest, platform } from "./spec-fixture";

const WINDOW = "[2m]";
const logins = (service: string): string => `sum(rate(logins_total{service="${service}"}${WINDOW}))`;
const requests = (service: string): string => `sum(rate(requests_total{service="${service}"}${WINDOW}))`;
/** Logins for each request: at 5 % of the traffic plain logins are a twentieth. */
const each = (service: string): string => `(${logins(service)} / ${requests(service)})`;

interface Metric {
  readonly successCondition: string;
  readonly failureCondition: string;
  readonly provider: { readonly prometheus: { readonly query: string } };
}

const metric = app(
  {
    ...fullest,
    businessMetrics: [{ name: "logins", query: `${each("{{canary}}")} / ${each("{{stable}}")}`, atLeast: 0.9 }],
  },
  platform,
)
  .everywhere.filter(({ metadata }) => metadata.name === "cart-logins")
  .flatMap(({ spec }) => (spec as { readonly metrics: readonly Metric[] }).metrics)[0];

test("no number is neither success nor failure", () => {
  expect(metric?.successCondition).toBe("len(result) > 0 && !isNaN(result[0]) && result[0] <= 0");
  expect(metric?.failureCondition).toBe("len(result) > 0 && !isNaN(result[0]) && result[0] > 0");
});

/** Logins and requests of one version for each scrape. */
interface Numbers {
  readonly logins: number;
  readonly requests: number;
}

function seriesOf(service: string, numbers: Numbers | undefined) {
  if (numbers === undefined) return [];
  const host = `${service}.cart.svc.cluster.local`;
  return Object.entries(numbers).map(([name, step]) => ({
    series: `${name}_total{service="${host}"}`,
    values: `0+${step}x40`,
  }));
}

type Verdict = "passes" | "fails" | "no number";

describe.skipIf(!havePromtool)("run by promtool (skipped where it is not built: make go-tools)", () => {
  test.each<[string, Numbers | undefined, Numbers | undefined, Verdict]>([
    [
      "as many for each request, at a twentieth of them",
      { logins: 5, requests: 50 },
      { logins: 95, requests: 950 },
      "passes",
    ],
    ["nine tenths, and a little more", { logins: 91, requests: 1000 }, { logins: 100, requests: 1000 }, "passes"],
    ["less than nine tenths", { logins: 89, requests: 1000 }, { logins: 100, requests: 1000 }, "fails"],
    ["none at all", { logins: 0, requests: 1000 }, { logins: 100, requests: 1000 }, "fails"],
    ["nobody sample the new version", { logins: 0, requests: 0 }, { logins: 100, requests: 1000 }, "no number"],
    ["nobody logs in to either", { logins: 0, requests: 1000 }, { logins: 0, requests: 1000 }, "no number"],
    ["no series of the new version", undefined, { logins: 100, requests: 1000 }, "no number"],
    ["no series of the old one", { logins: 100, requests: 1000 }, undefined, "no number"],
  ])("%s", async (title, canary, stable, verdict) => {
    const query = metric?.provider.prometheus.query ?? "";
    // A comparison lets through what holds; nothing and NaN never hold.
    const sample = (comparison: string, holds: boolean) => ({
      expr: `count((${query}) ${comparison})`,
      eval_time: "10m",
      exp_samples: holds ? [{ labels: "{}", value: 1 }] : [],
    });
    const group = {
      name: title,
      input_series: [...seriesOf("cart-canary", canary), ...seriesOf("cart", stable)],
      promql_expr_test: [sample("<= 0", verdict === "passes"), sample("> 0", verdict === "fails")],
    };
    expect(await differences([group])).toBe("");
  });
});
