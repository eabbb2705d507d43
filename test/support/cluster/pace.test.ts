/** Durations of manifests are divided; counts, shares, ports and probes' paths are not. */
import { expect, test } from "vitest";
import { paced } from "./pace";

test("durations of gates, windows of queries, seconds of objects and the rate of a load pass ten times faster", () => {
  const metric = { interval: "15s", initialDelay: "120s", count: 21, failureLimit: 20 };
  const query = 'sum(rate(requests{code=~"5.."}[60s])) / 5 > 0 and count_over_time(x[120s:15s]) >= 8';
  const object = {
    spec: {
      ...{ replicas: 4, minReadySeconds: 10, progressDeadlineSeconds: 600, scaleDownDelaySeconds: 545 },
      args: [
        { name: "history", value: "3600s" },
        { name: "minimum-requests", value: "50" },
      ],
      metrics: [{ ...metric, provider: { prometheus: { query } } }],
      command: ["curl", "--max-time", "10", "--rate", "5/s", "http://shop/ready?n=[1-300]"],
    },
  };
  expect(paced(object, 10)).toEqual({
    spec: {
      ...{ replicas: 4, minReadySeconds: 1, progressDeadlineSeconds: 60, scaleDownDelaySeconds: 55 },
      args: [
        { name: "history", value: "360000ms" },
        { name: "minimum-requests", value: "50" },
      ],
      metrics: [
        {
          ...{ ...metric, interval: "1500ms", initialDelay: "12000ms" },
          provider: {
            prometheus: {
              query: 'sum(rate(requests{code=~"5.."}[6000ms])) / 5 > 0 and count_over_time(x[12000ms:1500ms]) >= 8',
            },
          },
        },
      ],
      command: ["curl", "--max-time", "10", "--rate", "50/s", "http://shop/ready?n=[1-300]"],
    },
  });
  expect(paced(object, 1)).toBe(object);
});
