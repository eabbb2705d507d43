/** The application's own gates, field by field: its smoke test, the requests that a Job sends, and the numbers of its business. */
import { expect, test } from "vitest";
import { analysisTemplates } from "../../../../components/delivery/app/templates";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { platform, smallest } from "./spec-fixture";

const metricsOf = (spec: AppSpec): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    analysisTemplates(spec, platform).map((each) => [each.metadata.name, (each.spec?.["metrics"] as unknown[])[0]]),
  );

/** A Job of curl, by its name, deadline, container and arguments after those that all have. */
const curl = (name: string, deadline: number, container: string, more: readonly string[]) => ({
  name,
  count: 1,
  failureLimit: 0,
  provider: {
    job: {
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: deadline,
        ttlSecondsAfterFinished: 3600,
        template: {
          metadata: { labels: { "fridayproof.dev/job": "release" } },
          spec: {
            restartPolicy: "Never",
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" }, runAsUser: 65532 },
            containers: [
              {
                name: container,
                image: platform.curlImage,
                command: [
                  ...["curl", "--fail", "--silent", "--show-error", "--max-time", "10"],
                  ...["--header", "Host: shop.example.com", "--header", "x-preview: true"],
                  ...more,
                ],
                resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
              },
            ],
          },
        },
      },
    },
  },
});

const gateway = "http://istio-ingress.istio-ingress";
const load = (phase: string, deadline: number, requests: number) =>
  curl(`load-${phase}`, deadline, "load", [
    ...["--rate", "5/s", "--output", "/dev/null"],
    `${gateway}/ready?synthetic=[1-${requests}]`,
  ]);

test("without an expected rate there is a smoke test, and a Job that sends requests for each time of a release", () => {
  expect(metricsOf(smallest)).toEqual({
    "shop-smoke": curl("smoke", 120, "smoke", [`${gateway}/ready`]),
    "shop-load-lead": load("lead", 120, 300),
    "shop-load-gate": load("gate", 480, 1200),
    "shop-load-bake": load("bake", 2040, 5100),
  });
});

test("with one the smoke test is alone; it requests each journey too, and the first bad response ends it", () => {
  expect(metricsOf({ ...smallest, expectedRps: 500, journeys: ["/login", "/cart"] })).toEqual({
    "shop-smoke": curl("smoke", 120, "smoke", [
      "--fail-early",
      ...[`${gateway}/ready`, `${gateway}/login`, `${gateway}/cart`],
    ]),
  });
});

test("a number of the business is compared per version, and is the application's own template", () => {
  const query = "a{of='{{canary}}'} / b{of='{{stable}}'}";
  const spec = { ...smallest, expectedRps: 500, businessMetrics: [{ name: "logins", query, atLeast: 0.9 }] };
  const [, template] = analysisTemplates(spec, platform);
  expect(template).toEqual({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AnalysisTemplate",
    metadata: { name: "shop-logins", namespace: "shop", labels: { "app.kubernetes.io/name": "shop" } },
    spec: {
      metrics: [
        {
          name: "logins",
          initialDelay: "45s",
          interval: "30s",
          count: 120,
          failureLimit: 0,
          inconclusiveLimit: 6,
          consecutiveErrorLimit: 30,
          consecutiveSuccessLimit: 4,
          successCondition: "len(result) > 0 && !isNaN(result[0]) && result[0] <= 0",
          failureCondition: "len(result) > 0 && !isNaN(result[0]) && result[0] > 0",
          provider: {
            prometheus: {
              address: "http://kube-prometheus-stack-prometheus.monitoring:9090",
              query: "0.9 - (a{of='shop-canary.shop.svc.cluster.local'} / b{of='shop.shop.svc.cluster.local'})",
            },
          },
        },
      ],
    },
  });
});

test("a rolling update has no gates", () => {
  expect(analysisTemplates({ ...smallest, strategy: "rolling" }, platform)).toEqual([]);
});

test("sessions of each version are read by the other: both are opened first, and a redirect counts as refused", () => {
  const sessions = { kept: "shared-store", issuedBy: "/in", readBy: "/me" } as const;
  const [template] = analysisTemplates({ ...smallest, expectedRps: 500, sessions }, platform);
  const pod = (template?.spec?.["metrics"] as [ReturnType<typeof curl>])[0].provider.job.spec.template.spec;
  const all = ["--fail", "--silent", "--show-error", "--max-time", "10", "--header", "Host: shop.example.com"];
  const preview = ["--header", "x-preview: true"];
  const read = (of: string) => ["--header", `@/sessions/${of}`, "--location", "--max-redirs", "0", `${gateway}/me`];
  const [plain] = curl("smoke", 120, "smoke", []).provider.job.spec.template.spec.containers;
  const container = (name: string, command: readonly string[]) => ({
    ...plain,
    name,
    command,
    volumeMounts: [{ name: "sessions", mountPath: "/sessions" }],
  });
  expect(pod).toMatchObject({
    initContainers: [
      container("session-serving", ["curl", ...all, "--output", "/sessions/serving", `${gateway}/in`]),
      container("session-coming", ["curl", ...all, ...preview, "--output", "/sessions/coming", `${gateway}/in`]),
    ],
    volumes: [{ name: "sessions", emptyDir: { sizeLimit: "1Mi" } }],
  });
  expect(pod.containers).toEqual([
    container("smoke", [
      ...["curl", ...all, ...preview, "--fail-early", `${gateway}/ready`],
      ...["--next", ...all, ...preview, ...read("serving")],
      ...["--next", ...all, ...read("coming")],
    ]),
  ]);
});
