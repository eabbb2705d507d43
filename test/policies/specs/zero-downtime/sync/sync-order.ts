/** Cases of the rule about the order of a sync. */
import { syncOrder } from "../../../../../policies/zero-downtime/sync/sync-order";
import { application, applicationSet, but, deployment, namespace } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, previewed, type Spec, UNKNOWN } from "../../../support/spec";

const argo = "argocd.argoproj.io/";
type Annotations = Readonly<Record<string, unknown>>;
const placed = (one: Given, annotations: Annotations): Given =>
  but(one, {
    "metadata.annotations": Object.fromEntries(Object.entries(annotations).map(([key, value]) => [argo + key, value])),
  });
const inWave = (one: Given, wave: unknown): Given => placed(one, { "sync-wave": wave });
const named = (token: string, name: string, props: Readonly<Record<string, unknown>> = {}) =>
  object(token, name, { metadata: { name, namespace: "shop" }, ...props });
const first = "spec.template.spec.containers.0";
const config = named("core/v1:ConfigMap", "shop-config");
const reads = (one: Given, more: object = {}): Given =>
  but(one, { [`${first}.envFrom`]: [{ configMapRef: { name: "shop-config", ...more } }] });
const reading = reads(deployment);
const job: Given = named("batch/v1:Job", "migrate", {
  spec: {
    backoffLimit: 1,
    activeDeadlineSeconds: 600,
    template: {
      spec: {
        restartPolicy: "Never",
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name: "migrate",
            image: `example.com/shop@sha256:${"a".repeat(64)}`,
            resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "64Mi" } },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          },
        ],
      },
    },
  },
});
const hook = (word: string, more: Annotations = {}): Given => placed(job, { hook: word, ...more });
const external = named("external-secrets.io/v1:ExternalSecret", "db-remote", { spec: { target: { name: "db" } } });
const definition = object("apiextensions.k8s.io/v1:CustomResourceDefinition", "widgets.example.com", {
  spec: { group: "example.com", names: { kind: "Widget", plural: "widgets" } },
});
const widget = named("example.com/v1:Widget", "one");
const syncOptions = (...options: readonly string[]): Given =>
  but(application, { "spec.syncPolicy.syncOptions": options });

/** Cases of the rule about the order of a sync. */
export const syncOrderSpecs: readonly Spec[] = [
  {
    rule: syncOrder,
    good: {
      "what is needed comes first, or at the same time": given(
        inWave(namespace, "-2"),
        inWave(config, "-1"),
        inWave(external, "0"),
        reading,
      ),
      "what a preview hides, where nothing states a wave": previewed(
        but(config, { "metadata.name": UNKNOWN }),
        reading,
      ),
      "an object of S3 whose own metadata has such a name, beside a wave": given(
        { type: "aws:s3/bucketObject:BucketObject", name: "page", props: { metadata: { annotations: "by hand" } } },
        inWave(config, "-1"),
        reading,
      ),
      "no wave, and what is needed": given(namespace, config, external, reading, definition, widget),
      "a ConfigMap that may be absent": given(inWave(config, "5"), reads(deployment, { optional: true })),
      "a ConfigMap of another namespace": given(inWave(but(config, { "metadata.namespace": "web" }), "5"), reading),
      "a hook after the sync, and one that reads what is a hook as well": given(
        config,
        reads(hook("PostSync", { "hook-delete-policy": "HookSucceeded" })),
        placed(but({ ...config, name: "early" }, { "metadata.name": "early" }), { hook: "PreSync", "sync-wave": "-1" }),
        but(
          { ...hook("PreSync", { "hook-delete-policy": "BeforeHookCreation, HookFailed" }), name: "before" },
          { [`${first}.envFrom`]: [{ configMapRef: { name: "early" } }] },
        ),
      ),
      "a hook in a namespace that another application may have made": given(namespace, hook("PreSync")),
      "hooks that no sync runs, and Helm's": given(
        inWave(config, "5"),
        ...["SyncFail", "PostDelete", "PreDelete", "Skip", "PreSync,Skip"].map((word) => ({
          ...reads(hook(word)),
          name: word,
        })),
        but(reads(job), { "metadata.annotations": { "helm.sh/hook": "pre-upgrade" } }),
      ),
      "a hook of two phases counts by the first": given(
        placed(config, { hook: "PostSync,PreSync" }),
        reads(hook("PreSync")),
      ),
      "numbers of waves with a sign": given(inWave(config, "+1"), inWave(reading, "2")),
      "options of a kind that is none of Argo CD's": given(
        named("example.com/v1:Widget", "one", { spec: { syncPolicy: { syncOptions: ["Prune=flase"] } } }),
      ),
      "options of objects and applications": given(
        placed(config, { "sync-options": "ServerSideApply=true, Prune=confirm,Delete=false" }),
        syncOptions("PrunePropagationPolicy=foreground", "CreateNamespace=true", "SomethingNew=true", "Validate=true"),
      ),
    },
    bad: {
      "a ConfigMap after its Deployment": given(inWave(config, "5"), reading),
      "a ConfigMap in the wave of nothing, after a Deployment that comes early": given(config, inWave(reading, "-3")),
      "an account, a claim and a Secret after their Deployment": given(
        inWave(named("core/v1:ServiceAccount", "shop"), "1"),
        inWave(named("core/v1:PersistentVolumeClaim", "data"), "2"),
        inWave(external, "3"),
        but(deployment, {
          "spec.template.spec.serviceAccountName": "shop",
          "spec.template.spec.volumes": [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
        }),
      ),
      "a Secret after the first of two that read it": given(
        inWave(named("core/v1:Secret", "db"), "5"),
        inWave({ ...but(deployment, { "metadata.name": "late" }), name: "late" }, "4"),
        inWave({ ...but(deployment, { "metadata.name": "early" }), name: "early" }, "-1"),
        inWave({ ...but(deployment, { "metadata.name": "middle" }), name: "middle" }, "2"),
      ),
      "a namespace after what is in it": given(inWave(namespace, "3"), config),
      "a definition after an object of its kind": given(inWave(definition, "1"), widget),
      "a hook before the ConfigMap that it reads": given(config, reads(hook("PreSync"))),
      "a hook of an earlier wave before the ConfigMap that it reads": given(
        inWave(config, "-5"),
        reads(hook("PreSync", { "sync-wave": "-7" })),
      ),
      "a ConfigMap that is a hook after the sync": given(
        placed(config, { hook: "PostSync", "hook-delete-policy": "HookSucceeded" }),
        reading,
      ),
      "a ConfigMap that is a hook after the sync, for a hook before it": given(
        placed(config, { hook: "PostSync" }),
        reads(hook("PreSync")),
      ),
      "a hook after another one that reads it": given(
        placed(config, { hook: "PreSync", "sync-wave": "3" }),
        reads(hook("PreSync")),
      ),
      "a name that a preview hides, beside a wave": previewed(
        inWave(but(config, { "metadata.name": UNKNOWN }), "5"),
        reading,
      ),
      "a need that a preview hides, beside a wave": previewed(
        inWave(config, "5"),
        but(deployment, { [`${first}.envFrom`]: [{ configMapRef: { name: UNKNOWN } }] }),
      ),
      "an option beside words that no message may show": given(
        placed(config, { "sync-options": "s3cret=Abc,Prune=flase,Abc=s3cret,ServerSideApply=true" }),
      ),
      "a hook that Argo CD does not know": given(hook("Presync")),
      "a hook of no likeness": given(hook("migrate-first")),
      "a hook of which one word is wrong": given(hook("PreSync, PostSnyc")),
      "a deletion that Argo CD does not know": given(hook("PreSync", { "hook-delete-policy": "HookSuceeded" })),
      "a wave that is no number": given(inWave(config, "first")),
      "a wave that is half a number": given(inWave(config, "1.5")),
      "an option with a slip in its value": given(
        placed(config, { "sync-options": "ServerSideApply=true,Prune=flase" }),
      ),
      "an option with a slip in its name": given(syncOptions("ServerSideAply=true")),
      "an option with a value of another one": given(syncOptions("PruneLast=true", "CreateNamespace=confirm")),
      "an option of a set": given(
        but(applicationSet, { "spec.template.spec.syncPolicy.syncOptions": ["RespectIgnoreDiferences=true"] }),
      ),
      "a wave after a ConfigMap that cannot be read": given(inWave(config, ["5"]), reading),
      "a wave that a preview hides, the only one": previewed(inWave(config, UNKNOWN), reading),
      "a wave that a preview hides": previewed(inWave(config, UNKNOWN), inWave(reading, "0")),
    },
  },
];
