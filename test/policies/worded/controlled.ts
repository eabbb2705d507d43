/** Names that controllers follow and that lead nowhere: only their owner knows what was meant. */
import { object } from "../support/spec";
import { edit, more, type Worded } from "./worded";

const dangling = { rule: "references-resolve", reason: "fact" } as const;
const named = (token: string, name: string, props: Readonly<Record<string, unknown>> = {}) =>
  object(token, name, { metadata: { name, namespace: "shop" }, ...props });
const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }];

/** Sentences of references-resolve about roles, stores, issuers and node classes. */
export const controlledWords: readonly Worded[] = [
  {
    ...dangling,
    words: "correct the name, or declare the Role",
    in: "a role of another namespace",
    ways: [
      edit("RoleBinding", { "roleRef.kind": "ClusterRole", "roleRef.name": "view" }),
      more(named("rbac.authorization.k8s.io/v1:Role", "reader", { rules })),
    ],
  },
  {
    ...dangling,
    words: "correct the name, or declare the SecretStore",
    in: "a store of another name",
    ways: [
      edit("ExternalSecret", { "spec.secretStoreRef.name": "aws" }),
      more(named("external-secrets.io/v1:SecretStore", "vault", { spec: { provider: {} } })),
    ],
  },
  {
    ...dangling,
    words: "correct the name, or declare the Issuer",
    in: "an issuer of another name, by its group",
    ways: [
      edit("Certificate", { "spec.issuerRef.name": "ca" }),
      more(named("cert-manager.io/v1:Issuer", "public", { spec: { ca: { secretName: "ca" } } })),
    ],
  },
  {
    ...dangling,
    words: "correct the name, or declare the EC2NodeClass",
    in: "a class of another name",
    ways: [
      edit("NodePool", { "spec.template.spec.nodeClassRef.name": "default" }),
      more(object("karpenter.k8s.aws/v1:EC2NodeClass", "gpu", {})),
    ],
  },
];
