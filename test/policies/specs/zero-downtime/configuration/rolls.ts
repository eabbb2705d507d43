/** Cases of the rule about configuration that changes without a release, and about jobs that end. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { configRolls } from "../../../../../policies/zero-downtime/configuration/config-rolls";
import { autoscaler, but, deployment } from "../../../support/fixtures";
import { given, object, type Spec } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const named = (token: string, name: string, more: object = {}) =>
  object(token, name, { metadata: { name, namespace: "shop" }, ...more });
const config = (name: string, more: object = {}) => named("core/v1:ConfigMap", name, more);
const reading = (name: string, more: object = {}) =>
  but(deployment, { [`${first}.envFrom`]: [{ configMapRef: { name, ...more } }] });
const annotated = (where: string, key: string) =>
  but(reading("settings"), { [`${where}.annotations`]: { [key]: "x" } });
const mounted = (mount: object) =>
  but(deployment, {
    [`${pod}.volumes`]: [{ name: "v", configMap: { name: "settings" } }],
    [`${first}.volumeMounts`]: [{ name: "v", mountPath: "/etc/shop", ...mount }],
  });
const initially = (container: object, one = deployment) => but(one, { [`${pod}.initContainers`]: [container] });
const template = { spec: { containers: [{ name: "a" }] } };
const job = (spec: object) => named("batch/v1:Job", "migrate", { spec: { template, ...spec } });
const cron = (spec: object, jobSpec: object = {}) =>
  named("batch/v1:CronJob", "nightly", {
    spec: { schedule: "* * * * *", ...spec, jobTemplate: { spec: { template, ...jobSpec } } },
  });
const single = { "spec.replicas": 1, "spec.strategy": { type: "Recreate" } };

const external = (spec: object) => named("external-secrets.io/v1:ExternalSecret", "db", { spec });

/** Cases of the rule about configuration that changes without a release, and about jobs that end. */
export const rollSpecs: readonly Spec[] = [
  {
    rule: configRolls,
    good: {
      "a name with the hash of its content": given(reading("settings-5t9hk2m7gd"), config("settings-5t9hk2m7gd")),
      "a name with letters of kustomize alone": given(reading("settings-bcdfghkmtt"), config("settings-bcdfghkmtt")),
      "a name with a version": given(reading("settings-v12"), config("settings-v12")),
      "a ConfigMap that never changes": given(reading("settings"), config("settings", { immutable: true })),
      "a checksum on the template": given(annotated("spec.template.metadata", "checksum/config"), config("settings")),
      "a checksum beside another annotation": given(
        but(annotated("spec.template.metadata", "checksum/config"), {
          "spec.template.metadata.annotations": { "checksum/config": "x", note: "x" },
        }),
        config("settings"),
      ),
      "a controller that restarts it": given(annotated("metadata", "reloader.stakater.com/auto"), config("settings")),
      "a controller that restarts it, on the template": given(
        annotated("spec.template.metadata", "configmap.reloader.stakater.com/reload"),
        config("settings"),
      ),
      "a ConfigMap of another place": given(
        reading("settings"),
        but(config("settings"), { "metadata.namespace": "web" }),
      ),
      "a volume, which follows": given(mounted({}), config("settings")),
      "an init container that waits for a migration": given(
        initially({ name: "wait", command: ["k8s-wait-for", "job", "migrate"] }),
      ),
      "a migration of a single pod": given(initially({ name: "migrate" }, but(deployment, single))),
      "a sidecar of that name": given(initially({ name: "migrate", restartPolicy: "Always" })),
      "a job with an end": given(job({ activeDeadlineSeconds: 600, backoffLimit: 10 })),
      "a job whose pods have an end": given(
        job({ template: { spec: { activeDeadlineSeconds: 600, containers: [] } } }),
      ),
      "a cron job that meets itself for a minute": given(cron({}, { activeDeadlineSeconds: 60 })),
      "a cron job that waits for itself": given(
        cron({ concurrencyPolicy: "Forbid", startingDeadlineSeconds: 200 }, { activeDeadlineSeconds: 600 }),
      ),
      "a queue's jobs with an end": given(
        named("keda.sh/v1alpha1:ScaledJob", "worker", {
          spec: { jobTargetRef: { activeDeadlineSeconds: 60, template } },
        }),
      ),
      "a credential that is read every hour, or when it changes": given(
        external({ refreshInterval: "1h" }),
        external({}),
        external({ refreshPolicy: "OnChange", refreshInterval: "0" }),
      ),
      "a credential under the name of its version": given(
        external({ refreshInterval: "0", target: { name: "db-v3", immutable: true } }),
      ),
      "a leap day, and a word for a day": given(
        cron({ schedule: "0 3 29 2 *" }, { activeDeadlineSeconds: 60 }),
        cron({ schedule: "@daily" }, { activeDeadlineSeconds: 60 }),
      ),
    },
    bad: {
      "a ConfigMap under a name that stays": given(reading("settings"), config("settings")),
      "two, by key": given(
        but(reading("settings"), {
          [`${first}.env`]: [{ name: "A", valueFrom: { configMapKeyRef: { name: "more", key: "a" } } }],
        }),
        config("settings"),
        config("more"),
      ),
      "a Secret": given(deployment, named("core/v1:Secret", "db")),
      "what the pod can do without": given(reading("settings", { optional: true }), config("settings")),
      "a file that is mounted by itself": given(mounted({ subPath: "shop.toml" }), config("settings")),
      "a file by an expression": given(mounted({ subPathExpr: "$(POD).toml" }), config("settings")),
      "a native sidecar's": given(
        initially({ name: "tls", restartPolicy: "Always", envFrom: [{ configMapRef: { name: "settings" } }] }),
        config("settings"),
      ),
      "a name that a preview hides": given(reading("settings"), but(config("settings"), { "metadata.name": UNKNOWN })),
      "a migration in each of three pods": given(initially({ name: "init", command: ["./migrate", "up"] })),
      "a migration by its name, with an autoscaler": given(
        initially({ name: "db-migrate" }, but(deployment, { "spec.replicas": undefined })),
        autoscaler,
      ),
      "a migration by its arguments": given(initially({ name: "schema", args: ["upgrade", "alembic"] })),
      "a migration of one pod that surges": given(
        initially({ name: "flyway" }, but(deployment, { "spec.replicas": 1 })),
      ),
      "a job without an end": given(job({})),
      "a job that retries a thousand times": given(job({ backoffLimit: 1000 })),
      "a job that retries within its deadline": given(job({ backoffLimit: 20, activeDeadlineSeconds: 60 })),
      "a cron job that meets itself": given(cron({})),
      "a cron job that says so": given(cron({ concurrencyPolicy: "Allow" })),
      "a run that hangs": given(cron({ concurrencyPolicy: "Replace" })),
      "nine seconds to start": given(
        cron({ concurrencyPolicy: "Forbid", startingDeadlineSeconds: 9 }, { activeDeadlineSeconds: 60 }),
      ),
      "no time to start": given(
        cron({ concurrencyPolicy: "Forbid", startingDeadlineSeconds: 0 }, { activeDeadlineSeconds: 60 }),
      ),
      "a queue's jobs": given(named("keda.sh/v1alpha1:ScaledJob", "worker", { spec: { jobTargetRef: { template } } })),
      "a credential that is read once": given(external({ refreshInterval: "0" }), external({ refreshInterval: "0s" })),
      "a credential that is made once": given(external({ refreshPolicy: "CreatedOnce" })),
      "a credential of every namespace that is read once": given(
        object("external-secrets.io/v1:ClusterExternalSecret", "db", {
          spec: { externalSecretSpec: { refreshInterval: "0" } },
        }),
      ),
      "a schedule that no day meets": given(cron({ schedule: "0 3 31 2 *" }, { activeDeadlineSeconds: 60 })),
    },
  },
];
