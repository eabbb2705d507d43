/** What an application's pods may reach, and who may reach them, before the application's own policies. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { deliveryLimits } from "../core/limits/delivery";
import { neighbourNamespaces } from "../core/namespaces";

/** Every pod of the namespace itself, and of another one. */
const ownPods = { podSelector: {} };
const podsOf = (namespace: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
});

/**
 * Declares the policy: pods of the namespace among themselves, the gateway and Prometheus in, name resolution out, and
 * nothing else. Policies add up: what else an application calls, and who else calls it, stands in its own folder in Git.
 */
export function applicationNetwork(
  name: string,
  namespace: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): kubernetes.networking.v1.NetworkPolicy {
  const { gateway, monitoring, names } = neighbourNamespaces;
  const port = deliveryLimits.namesPort.value;
  return new kubernetes.networking.v1.NetworkPolicy(
    name,
    {
      // No name that a chart or a manifest would take: Argo CD refuses what two owners declare.
      metadata: { name: "platform-default-deny", namespace },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [ownPods, podsOf(gateway), podsOf(monitoring)] }],
        egress: [
          { to: [ownPods] },
          {
            to: [podsOf(names)],
            ports: [
              { protocol: "UDP", port },
              { protocol: "TCP", port },
            ],
          },
        ],
      },
    },
    opts,
  );
}
