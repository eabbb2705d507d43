/** Cases of the rule about what an application may prune. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { pruneGuard } from "../../../../../policies/zero-downtime/sync/prune-guard";
import { application, applicationSet, but, namespace } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
/** As `lint-manifests` names what it reads of a file. */
const filed = (one: Given): Given => ({ ...one, urn: `shop.yaml#${one.name}-${one.type}` });
const shop = filed(but(application, { "spec.destination": { namespace: "shop" } }));
const space = filed(namespace);
const annotated = (one: Given, annotations: object): Given => but(one, { "metadata.annotations": annotations });
const options = (text: string): object => ({ "argocd.argoproj.io/sync-options": text });
const claim = filed(
  object("core/v1:PersistentVolumeClaim", "data", { metadata: { name: "data", namespace: "shop" }, spec: {} }),
);
const definition = filed(object("apiextensions.k8s.io/v1:CustomResourceDefinition", "widgets.example.com", {}));
const flux = filed(
  object("kustomize.toolkit.fluxcd.io/v1:Kustomization", "shop", { spec: { prune: true, targetNamespace: "shop" } }),
);
const database = object("apps/v1:StatefulSet", "db", { metadata: { name: "db", namespace: "shop" }, spec: {} });
const retention = "spec.persistentVolumeClaimRetentionPolicy";
const storage = filed(
  object("storage.k8s.io/v1:StorageClass", "gp3", {
    provisioner: "ebs.csi.aws.com",
    reclaimPolicy: "Retain",
    volumeBindingMode: "WaitForFirstConsumer",
  }),
);
const volume = object("core/v1:PersistentVolume", "data", { spec: { persistentVolumeReclaimPolicy: "Retain" } });

const secretly = (kind: string, spec: object): Given =>
  object(`external-secrets.io/v1:${kind}`, "db", { metadata: { name: "db", namespace: "shop" }, spec });

/** Cases of the rule about what an application may prune. */
export const pruneGuardSpecs: readonly Spec[] = [
  {
    rule: pruneGuard,
    good: {
      "all guarded": given(
        shop,
        annotated(space, options("ServerSideApply=true, Prune=false")),
        annotated(claim, options("Prune=confirm")),
        annotated(definition, options("Prune=false")),
        annotated({ ...claim, name: "cache" }, { "kustomize.toolkit.fluxcd.io/prune": "disabled" }),
      ),
      "nothing prunes": given(filed(but(application, { "spec.syncPolicy": {} })), space, claim, definition),
      "pruning asks first": given(filed(but(application, { "spec.syncPolicy.syncOptions": ["Prune=confirm"] })), space),
      "sync is off": given(filed(but(application, { "spec.syncPolicy.automated.enabled": false })), space),
      "another namespace": given(
        shop,
        but(space, { "metadata.name": "ops" }),
        but(claim, { "metadata.namespace": "ops" }),
      ),
      "what a program declares": given(application, namespace, {
        ...but(storage, { reclaimPolicy: "Delete" }),
        urn: "urn:pulumi:a::b::c::gp3",
      }),
      "Argo CD's own definitions": given(shop, but(definition, { "metadata.name": "applications.argoproj.io" })),
      "Flux that leaves objects behind": given(but(flux, { "spec.prune": false }), space),
      "data that stays": given(
        but(database, { [retention]: { whenDeleted: "Retain", whenScaled: "Retain" } }),
        database,
        storage,
        volume,
        but(volume, { spec: {} }),
      ),
      "a class that no zone holds": given(
        but(storage, { provisioner: "efs.csi.aws.com", volumeBindingMode: undefined }),
      ),
      "being taken down": {
        ...given(but(database, { [retention]: { whenDeleted: "Delete" } })),
        context: { teardown: true },
      },
      "a Secret that stays, and one that is left in its store": given(
        secretly("ExternalSecret", { target: { name: "db" } }),
        secretly("ExternalSecret", { target: { deletionPolicy: "Merge" } }),
        secretly("PushSecret", { deletionPolicy: "None" }),
      ),
    },
    bad: {
      "a namespace": given(shop, space),
      "a namespace with another option": given(shop, annotated(space, options("Delete=false,ServerSideApply=true"))),
      "a claim": given(shop, claim),
      "a definition": given(shop, definition),
      "an application that does not say where": given(filed(application), space),
      "a set that names the namespace by a template": given(
        filed(but(applicationSet, { "spec.template.spec.destination": { namespace: "{{.path.basename}}" } })),
        space,
      ),
      "a set whose patch prunes": given(
        filed(
          but(applicationSet, {
            "spec.template.spec.syncPolicy": {},
            "spec.templatePatch": "spec:\n  syncPolicy:\n    automated:\n      prune: true\n",
          }),
        ),
        space,
      ),
      Flux: given(flux, space),
      "an application that a preview hides": given(
        filed(but(application, { "spec.syncPolicy": UNKNOWN })),
        annotated(space, options("Prune=false")),
      ),
      "claims that go with their StatefulSet": given(but(database, { [retention]: { whenDeleted: "Delete" } })),
      "claims that go with one of its pods": given(but(database, { [retention]: { whenScaled: "Delete" } })),
      "claims of Prometheus": given(
        object("monitoring.coreos.com/v1:Prometheus", "main", {
          spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete" } },
        }),
      ),
      "a class that deletes": given(but(storage, { reclaimPolicy: "Delete" })),
      "a class that deletes by default": given(but(storage, { reclaimPolicy: undefined })),
      "a class of any zone": given({ ...but(storage, { volumeBindingMode: undefined }), urn: "urn:pulumi:a::b::c::d" }),
      "a class of any zone, in words": given(but(storage, { volumeBindingMode: "Immediate" })),
      "a volume that goes with its claim": given(but(volume, { "spec.persistentVolumeReclaimPolicy": "Delete" })),
      "a volume that is wiped": given(but(volume, { "spec.persistentVolumeReclaimPolicy": "Recycle" })),
      "a Secret that goes when its store does not find it": given(
        secretly("ExternalSecret", { target: { deletionPolicy: "Delete" } }),
        secretly("ClusterExternalSecret", { externalSecretSpec: { target: { deletionPolicy: "Delete" } } }),
      ),
      "a stored secret that goes with its object": given(secretly("PushSecret", { deletionPolicy: "Delete" })),
    },
  },
];
