/** Secrets that live in AWS Secrets Manager and are read into the cluster by name; their values never pass Pulumi. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { clusterLimits } from "../core/limits/cluster";
import { duration } from "../core/units";

/** Version of the API; v1beta1 is no longer served by the pinned chart. */
const apiVersion = "external-secrets.io/v1";

/** Pulumi waits for it: whoever depends on the object can rely on the Secret. */
const waitForReady = { "pulumi.com/waitFor": "condition=Ready" } as const;

/** Arguments of {@link clusterSecretStore}. */
export interface ClusterSecretStoreArgs {
  readonly storeName: string;
  readonly region: string;
  /** Prefix of every key, such as `fridayproof/prod/`: nothing else can be read through it. */
  readonly prefix: string;
  /** Namespaces that may use it; others are refused, or whoever may write ExternalSecrets could read everything. */
  readonly namespaces: readonly string[];
  /** Role that the controller takes to read them. @default none: its own */
  readonly roleArn?: pulumi.Input<string>;
}

/** Declares the store. Give `dependsOn` the release of external-secrets, whose webhooks refuse its deletion later. */
export function clusterSecretStore(
  name: string,
  args: ClusterSecretStoreArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  const role = args.roleArn === undefined ? {} : { role: args.roleArn };
  return new kubernetes.apiextensions.CustomResource(
    name,
    {
      apiVersion,
      kind: "ClusterSecretStore",
      metadata: { name: args.storeName, annotations: waitForReady },
      spec: {
        // No `auth`: the controller's own credentials, by Pod Identity.
        provider: { aws: { service: "SecretsManager", region: args.region, prefix: args.prefix, ...role } },
        conditions: [{ namespaces: [...args.namespaces] }],
      },
    },
    opts,
  );
}

/** Arguments of {@link externalSecret}. */
export interface ExternalSecretArgs {
  readonly namespace: pulumi.Input<string>;
  /** Name of the Secret, and of the ExternalSecret. */
  readonly secretName: string;
  /** Name of the ClusterSecretStore, of its own output, so that it exists first. */
  readonly storeName: pulumi.Input<string>;
  /** Name in Secrets Manager, behind the store's prefix; a JSON object. */
  readonly key: string;
  /** Members of the JSON object, each a key of the Secret; a missing one is an error. @default every member there is */
  readonly properties?: readonly string[];
  /** Labels of the Secret. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Declares an ExternalSecret; it is ready, and Pulumi goes on, when the Secret is there. */
export function externalSecret(
  name: string,
  args: ExternalSecretArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  const { key, properties, labels } = args;
  const content =
    properties === undefined
      ? { dataFrom: [{ extract: { key } }] }
      : { data: properties.map((property) => ({ secretKey: property, remoteRef: { key, property } })) };
  return new kubernetes.apiextensions.CustomResource(
    name,
    {
      apiVersion,
      kind: "ExternalSecret",
      metadata: { name: args.secretName, namespace: args.namespace, annotations: waitForReady },
      spec: {
        refreshInterval: duration(clusterLimits.secretRefresh),
        secretStoreRef: { kind: "ClusterSecretStore", name: args.storeName },
        target: {
          name: args.secretName,
          creationPolicy: "Owner",
          // Gone from AWS by mistake must not mean gone from under running pods.
          deletionPolicy: "Retain",
          ...(labels && { template: { metadata: { labels: { ...labels } } } }),
        },
        ...content,
      },
    },
    opts,
  );
}
