/** A namespace whose pods the API server holds to a Pod Security level. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Levels of the Pod Security Standards, from none to strict. */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** Arguments of {@link guardedNamespace}. */
export interface GuardedNamespaceArgs {
  /** Name in the cluster; other objects refer to it, so it is given and not generated. */
  readonly namespace: string;
  /** What pods must satisfy to be admitted; `restricted` is always warned about. */
  readonly enforce: PodSecurityLevel;
  /** Further labels, such as the one that enables readiness gates. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Declares the namespace; a release goes into it by its name output, which also orders the two. */
export function guardedNamespace(
  name: string,
  args: GuardedNamespaceArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.core.v1.Namespace {
  return new kubernetes.core.v1.Namespace(
    name,
    {
      metadata: {
        name: args.namespace,
        labels: {
          "pod-security.kubernetes.io/enforce": args.enforce,
          "pod-security.kubernetes.io/warn": "restricted",
          ...args.labels,
        },
      },
    },
    opts,
  );
}
