/** Who may reach pods of a chart that has no password of its own: named namespaces only. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link ingressPolicy}. */
export interface IngressPolicyArgs {
  readonly namespace: pulumi.Input<string>;
  /** Label and its values by which the guarded pods are known. */
  readonly pods: { readonly label: string; readonly values: readonly string[] };
  /** Namespaces whose pods may connect, on every port. */
  readonly from: readonly pulumi.Input<string>[];
}

/**
 * Declares the policy. Only what comes in is limited: name resolution and whatever the pods call stay open, and so do
 * probes and port-forwards, which come from the node itself.
 */
export function ingressPolicy(
  name: string,
  { namespace, pods, from }: IngressPolicyArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.networking.v1.NetworkPolicy {
  const matching = (key: string, values: readonly pulumi.Input<string>[]) => ({
    matchExpressions: [{ key, operator: "In", values: [...values] }],
  });
  return new kubernetes.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { name: `${pods.values[0]}-ingress`, namespace },
      spec: {
        podSelector: matching(pods.label, pods.values),
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ namespaceSelector: matching("kubernetes.io/metadata.name", from) }] }],
      },
    },
    opts,
  );
}
