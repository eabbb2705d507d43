/** What decides about a neighbour is read wherever it stands, and nothing else of it is. */
import { describe, expect, it } from "vitest";
import { readTemplateName } from "../../../../policies/kit/argo-rollouts/analyses";
import { readAnyPolicy, readNamespace } from "../../../../policies/kit/network/network-policies";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { readAutoscaler } from "../../../../policies/kit/kubernetes/scaling";
import { readBinding } from "../../../../policies/kit/kubernetes/service-accounts";
import {
  readBackend,
  readCalls,
  readMonitor,
  readNamedService,
  readScraped,
  readService,
} from "../../../../policies/kit/network/serving";
import { readEgress } from "../../../../policies/kit/aws/subnet-egress";
import { noticed } from "../../support/noticed";

const readPolicyAlone = (policy: Resource): unknown => readAnyPolicy(new Stack([policy]), policy);

const metadata = { name: "shop", namespace: "shop", labels: { app: "shop" }, annotations: { a: "b" } };
const selector = { matchLabels: { app: "shop" }, matchExpressions: [{ key: "tier", operator: "In", values: ["web"] }] };
const selected = [
  "matchLabels.app",
  "matchExpressions.0.key",
  "matchExpressions.0.operator",
  "matchExpressions.0.values.0",
];
const below = (path: string, keys: readonly string[]): readonly string[] => keys.map((key) => `${path}.${key}`);

describe("a Service", () => {
  const type = "kubernetes:core/v1:Service";
  const ports = [{ name: "http", port: 80, targetPort: 8080, nodePort: 30_000 }, { port: 81 }];
  const props = { metadata, spec: { type: "ClusterIP", clusterIP: "None", selector: { app: "shop" }, ports } };
  const own = ["metadata.namespace", "spec.selector.app"];
  const doors = ["spec.ports.0.name", "spec.ports.0.targetPort", "spec.ports.1.port"];

  it("leads somewhere by its namespace, selector and ports", () => {
    expect(noticed(readService, type, props)).toEqual([...own, ...doors]);
  });

  it("is called something besides, and may be an entrance", () => {
    expect(noticed(readNamedService, type, props)).toEqual(["metadata.name", ...own, ...doors]);
    expect(noticed(readBackend, type, props)).toEqual([
      "metadata.name",
      "metadata.namespace",
      "spec.type",
      own[1],
      ...doors,
    ]);
  });

  it("is scraped by its labels where it has no address and a monitor is in sight", () => {
    const monitor = new Resource({ type: "kubernetes:monitoring.coreos.com/v1:ServiceMonitor", name: "m", props: {} });
    const scraped = (...resources: readonly Resource[]) => {
      return (service: Resource): unknown => readScraped(new Stack([...resources, service]), service);
    };
    expect(noticed(scraped(), type, props)).toEqual([]);
    expect(noticed(scraped(monitor), type, props)).toEqual(["metadata.labels.app", "spec.clusterIP"]);
    const addressed = { ...props, spec: { ...props.spec, clusterIP: "10.0.0.1" } };
    expect(noticed(scraped(monitor), type, addressed)).toEqual(["spec.clusterIP"]);
  });

  it("is read by a monitor of its selector and ports", () => {
    const spec = { selector, endpoints: [{ port: "metrics", path: "/metrics" }], jobLabel: "app" };
    expect(noticed(readMonitor, "kubernetes:monitoring.coreos.com/v1:ServiceMonitor", { metadata, spec })).toEqual([
      "metadata.namespace",
      ...below("spec.selector", selected),
      "spec.endpoints.0.port",
    ]);
  });

  it("is called by the API server for a webhook or an API", () => {
    const service = { name: "hook", namespace: "shop", port: 443 };
    const webhooks = [{ name: "a.example.com", clientConfig: { service, caBundle: "x" } }];
    const hook = "kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration";
    expect(noticed(readCalls, hook, { metadata, webhooks })).toEqual(
      below("webhooks.0.clientConfig.service", ["name", "namespace"]),
    );
    const api = "kubernetes:apiregistration.k8s.io/v1:APIService";
    expect(noticed(readCalls, api, { metadata, spec: { group: "example.com", service } })).toEqual(
      below("spec.service", ["name", "namespace"]),
    );
  });
});

describe("a policy of the network", () => {
  const rule = (peers: string) => ({
    [peers]: [
      { podSelector: selector, namespaceSelector: selector },
      { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
    ],
    ports: [{ protocol: "TCP", port: 80, endPort: 90 }],
  });
  const read = (peers: string): readonly string[] => [
    ...below(`${peers}.0.podSelector`, selected),
    ...below(`${peers}.0.namespaceSelector`, selected),
    `${peers}.1.ipBlock.cidr`,
    `${peers}.1.ipBlock.except.0`,
    ...below("ports.0", ["protocol", "port", "endPort"]),
  ];

  it("does what its namespace, selector, types and rules say", () => {
    const spec = { podSelector: selector, policyTypes: ["Egress"], ingress: [rule("from")], egress: [rule("to")] };
    expect(noticed(readPolicyAlone, "kubernetes:networking.k8s.io/v1:NetworkPolicy", { metadata, spec })).toEqual([
      "metadata.namespace",
      ...below("spec.podSelector", selected),
      "spec.policyTypes.0",
      ...below("spec.ingress.0", read("from")),
      ...below("spec.egress.0", read("to")),
    ]);
  });

  it("of Cilium's does as well", () => {
    const spec = {
      description: "x",
      endpointSelector: { matchLabels: { app: "shop" } },
      enableDefaultDeny: { ingress: true },
      ingress: [{ fromEntities: ["cluster"], toPorts: [{ ports: [{ port: "80", protocol: "TCP" }] }] }],
      egress: [{ toCIDRSet: [{ cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] }], toFQDNs: [{ matchName: "a.example" }] }],
    };
    expect(noticed(readPolicyAlone, "kubernetes:cilium.io/v2:CiliumNetworkPolicy", { metadata, spec })).toEqual([
      "metadata.namespace",
      "spec.endpointSelector.matchLabels.app",
      "spec.enableDefaultDeny.ingress",
      ...below("spec.ingress.0", ["fromEntities.0", "toPorts.0.ports.0.port", "toPorts.0.ports.0.protocol"]),
      ...below("spec.egress.0", ["toCIDRSet.0.cidr", "toCIDRSet.0.except.0"]),
    ]);
  });
});

describe("a neighbour", () => {
  it("is a namespace by its name and labels", () => {
    expect(noticed(readNamespace, "kubernetes:core/v1:Namespace", { metadata })).toEqual([
      "metadata.name",
      "metadata.labels.app",
    ]);
  });

  it("is an autoscaler of what it drives, and how far down", () => {
    const spec = {
      minReplicas: 3,
      maxReplicas: 9,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop" },
    };
    expect(noticed(readAutoscaler, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", { metadata, spec })).toEqual([
      "metadata.namespace",
      "spec.minReplicas",
      "spec.scaleTargetRef.kind",
      "spec.scaleTargetRef.name",
    ]);
  });

  it("is a binding for the service accounts that it names", () => {
    const subjects = [
      { kind: "ServiceAccount", name: "shop" },
      { kind: "ServiceAccount", name: "shop", namespace: "pay" },
      { kind: "User", name: "anna" },
    ];
    const type = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
    expect(noticed(readBinding, type, { metadata, roleRef: { name: "x" }, subjects })).toEqual([
      "metadata.namespace",
      ...below("subjects.0", ["kind", "name"]),
      ...below("subjects.1", ["kind", "name", "namespace"]),
      "subjects.2.kind",
    ]);
    const binding = new Resource({ type, name: "b", props: { metadata, subjects } });
    expect(readBinding(binding)).toEqual(["shop/shop", "pay/shop"]);
  });

  it("is a template of analyses by its name, and its namespace where it has one", () => {
    const group = "kubernetes:argoproj.io/v1alpha1";
    expect(noticed(readTemplateName, `${group}:AnalysisTemplate`, { metadata })).toEqual([
      "metadata.name",
      "metadata.namespace",
    ]);
    expect(noticed(readTemplateName, `${group}:ClusterAnalysisTemplate`, { metadata })).toEqual(["metadata.name"]);
  });

  it("is a route or a table by where its routes lead", () => {
    const routes = [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat" }];
    expect(noticed(readEgress, "aws:ec2/routeTable:RouteTable", { vpcId: "vpc", routes })).toEqual([
      "routes.0.cidrBlock",
    ]);
    const route = { destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat" };
    expect(noticed(readEgress, "aws:ec2/route:Route", route)).toEqual(["destinationCidrBlock"]);
  });
});
