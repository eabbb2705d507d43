/** Flags and files of an application: what its pods get because of them, and nothing without them. */
import { expect, test } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { fullest, platform, smallest } from "./spec-fixture";

interface Container {
  readonly name: string;
  readonly image?: string;
  readonly ports?: unknown;
  readonly restartPolicy?: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly volumeMounts?: unknown;
}

interface Pod {
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: unknown;
}

function podOf(spec: AppSpec, kind = "Rollout"): Pod {
  const { everywhere, once } = app(spec, platform);
  const found = [...everywhere, ...once].find((each) => each.kind === kind)?.spec;
  return (found?.["template"] as { readonly spec: Pod }).spec;
}

const seconds = (text: string): number => Number(/^(\d+)s$/.exec(text)?.[1]);
const variable = (container: Container | undefined, name: string) =>
  container?.env?.find((each) => each.name === name)?.value;

test("flags are an agent that stays beside the container, and the address to ask", () => {
  const { initContainers = [], containers } = podOf(fullest);
  const [agent] = initContainers;
  expect(agent).toMatchObject({ name: "flags", image: platform.flagAgentImage, restartPolicy: "Always" });
  expect(variable(agent, "PREFETCH_LIST")).toBe("cart:prod:release");
  expect(variable(containers[0], "FLAGS_URL")).toBe(
    "http://localhost:2772/applications/cart/environments/prod/configurations/release",
  );
});

test("a flag that is killed is off within 16 seconds: one poll of the agent, and a second of the application's own", () => {
  const [agent] = podOf(fullest).initContainers ?? [];
  expect(seconds(variable(agent, "POLL_INTERVAL") ?? "") + 1).toBeLessThanOrEqual(16);
});

test("the agent reaches the node's credentials, and jobs have neither agent nor address", () => {
  const [serving] = app(fullest, platform).everywhere.filter(
    ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "cart",
  );
  expect(JSON.stringify(serving?.spec)).toContain('"cidr":"169.254.170.23/32"');
  const job = podOf(fullest, "Job");
  expect(job.initContainers).toBeUndefined();
  expect(variable(job.containers[0], "FLAGS_URL")).toBeUndefined();
});

test("scratch files are a bounded folder in every pod of the image", () => {
  for (const kind of ["Rollout", "Job"]) {
    const { containers, volumes } = podOf(fullest, kind);
    expect(volumes).toEqual([{ name: "scratch", emptyDir: { sizeLimit: "64Mi" } }]);
    expect(containers[0]?.volumeMounts).toEqual([{ name: "scratch", mountPath: "/tmp" }]);
  }
});

test("without them a pod has one container, and nothing to write to", () => {
  const { containers, initContainers, volumes } = podOf({ ...smallest, state: "none" });
  expect({ initContainers, volumes, containers: containers.length }).toEqual({ containers: 1 });
  expect(containers[0]?.volumeMounts).toBeUndefined();
});

test("metrics on the port that serves are scraped by its name, and the port stands once", () => {
  const portsOf = (spec: AppSpec): readonly unknown[] => {
    const monitor = app(spec, platform).everywhere.find(({ kind }) => kind === "PodMonitor");
    return [podOf(spec).containers[0]?.ports, monitor?.spec?.["podMetricsEndpoints"]];
  };
  const http = { name: "http", containerPort: 8080 };
  expect(portsOf({ ...smallest, metricsPort: 8080 })).toEqual([[http], [{ port: "http" }]]);
  expect(portsOf({ ...smallest, metricsPort: 9100 })).toEqual([
    [http, { name: "metrics", containerPort: 9100 }],
    [{ port: "metrics" }],
  ]);
});
