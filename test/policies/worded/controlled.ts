/** Names and words that controllers follow and that lead nowhere: only their owner knows what was meant. */
import { object } from "../support/spec";
import { both, edit, more, type Worded } from "./worded";

const danglingReference = { rule: "references-resolve", reason: "fact" } as const;
const named = (token: string, name: string, props: Readonly<Record<string, unknown>> = {}) =>
  object(token, name, { metadata: { name, namespace: "shop" }, ...props });
const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }];

/** Sentences of references-resolve about roles, stores, issuers, node classes and projects, and of sync-order. */
export const controlledWords: readonly Worded[] = [
  {
    ...danglingReference,
    words: "correct the name, or declare the Role",
    in: "a role of another namespace",
    ways: [
      edit("RoleBinding", { "roleRef.kind": "ClusterRole", "roleRef.name": "view" }),
      more(named("rbac.authorization.k8s.io/v1:Role", "reader", { rules })),
    ],
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the SecretStore",
    in: "a store of another name",
    ways: [
      edit("ExternalSecret", { "spec.secretStoreRef.name": "aws" }),
      more(named("external-secrets.io/v1:SecretStore", "vault", { spec: { provider: {} } })),
    ],
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the Issuer",
    in: "an issuer of another name, by its group",
    ways: [
      edit("Certificate", { "spec.issuerRef.name": "ca" }),
      more(named("cert-manager.io/v1:Issuer", "public", { spec: { ca: { secretName: "ca" } } })),
    ],
  },
  {
    rule: "references-resolve",
    reason: "design",
    words: "name the host, or declare a Service without a selector and an EndpointSlice with the address",
    in: "an address as the name of a host",
    ways: [
      edit("Service", { "spec.externalName": "db.example.com" }),
      both(
        edit("Service", { "spec.type": undefined, "spec.externalName": undefined, "spec.ports": [{ port: 5432 }] }),
        more(
          named("discovery.k8s.io/v1:EndpointSlice", "shop", {
            addressType: "IPv4",
            endpoints: [{ addresses: ["10.0.0.7"] }],
            ports: [{ port: 5432 }],
          }),
        ),
      ),
    ],
  },
  {
    ...danglingReference,
    words: "name a repository that the project takes, or let its sourceRepos take this one",
    in: "another repository",
    ways: [
      edit("Application", { "spec.source.repoURL": "https://github.com/acme/manifests.git" }),
      edit("AppProject", { "spec.sourceRepos": ["https://github.com/acme/other.git"] }),
    ],
  },
  {
    ...danglingReference,
    words: "name a destination that the project takes, or let its destinations take this one",
    in: "another namespace",
    ways: [
      edit("Application", { "spec.destination.namespace": "shop" }),
      edit("AppProject", {
        "spec.destinations": [{ server: "https://kubernetes.default.svc", namespace: "web" }],
      }),
    ],
  },
  {
    rule: "sync-order",
    reason: "fact",
    words: "write one of PreSync, *, Skip",
    in: "a hook of no likeness",
    ways: [edit("Job", { "metadata.annotations": { "argocd.argoproj.io/hook": "PreSync" } })],
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the EC2NodeClass",
    in: "a class of another name",
    ways: [
      edit("NodePool", { "spec.template.spec.nodeClassRef.name": "default" }),
      more(object("karpenter.k8s.aws/v1:EC2NodeClass", "gpu", {})),
    ],
  },
];
