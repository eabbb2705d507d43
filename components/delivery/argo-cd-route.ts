/** The way to Argo CD's pages: a route of the public gateway, in Argo CD's own namespace, which owns the host name. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { deliveryLimits } from "../core/limits/delivery";

/** The chart's Service of the API server and its pages; `fullnameOverride` keeps the name. */
const argoCdService = "argocd-server";

/** Arguments of {@link argoCdRoute}. */
export interface ArgoCdRouteArgs {
  readonly namespace: string;
  readonly host: string;
  /** What the route names under `gateways`, known once the kind exists. */
  readonly gatewayRef: pulumi.Input<string>;
}

/**
 * Declares the route. TLS has ended at the load balancer and `server.insecure` is set, so the pod is called in plain
 * HTTP/1.1, for pages and API alike. The load balancer's target group uses HTTP/1.1 too, which gRPC cannot: the
 * command line logs in with `argocd login <host> --grpc-web`.
 */
export function argoCdRoute(
  name: string,
  args: ArgoCdRouteArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.apiextensions.CustomResource {
  const service = `${argoCdService}.${args.namespace}.svc.cluster.local`;
  return new kubernetes.apiextensions.CustomResource(
    name,
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "argocd", namespace: args.namespace },
      spec: {
        hosts: [args.host],
        gateways: [args.gatewayRef],
        http: [
          {
            name: "argocd",
            route: [{ destination: { host: service, port: { number: deliveryLimits.argoCdPort.value } } }],
          },
        ],
      },
    },
    opts,
  );
}
