/** Cases of references-resolve: the role of a binding, the store of a secret, the issuer of a certificate, the class of a pool. */
import { but, deployment, namespace } from "../../../support/fixtures";
import { given, object, type Spec } from "../../../support/spec";

type Props = Readonly<Record<string, unknown>>;
const named = (token: string, name: string, props: Props = {}, where = "shop") =>
  object(token, name, { metadata: { name, namespace: where }, ...props });
const role = (name: string, where = "shop") =>
  named(
    "rbac.authorization.k8s.io/v1:Role",
    name,
    { rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }] },
    where,
  );
const binding = (name: string, kind = "Role", where = "shop") =>
  named(
    "rbac.authorization.k8s.io/v1:RoleBinding",
    "shop",
    { roleRef: { kind, name }, subjects: [{ kind: "ServiceAccount", name: "shop" }] },
    where,
  );
const store = (name: string) => named("external-secrets.io/v1:SecretStore", name);
const secret = (secretStoreRef: object) =>
  named("external-secrets.io/v1:ExternalSecret", "db", { spec: { secretStoreRef, target: { name: "db" } } });
const issuer = (name: string) => named("cert-manager.io/v1:Issuer", name);
const certificate = (issuerRef: object) =>
  named("cert-manager.io/v1:Certificate", "shop", { spec: { secretName: "shop-tls", issuerRef } });
const nodeClass = (name: string) => object("karpenter.k8s.aws/v1:EC2NodeClass", name, {});
const pool = (kind: string, name: string) =>
  object("karpenter.sh/v1:NodePool", "apps", {
    spec: { template: { spec: { nodeClassRef: { group: "karpenter.k8s.aws", kind, name } } } },
  });
// A certificate shows where Secrets come from; the pods read none.
const around = [namespace, but(deployment, { "spec.template.spec.containers.0.env": undefined })] as const;

/** Cases of what controllers follow by name. */
export const controlledCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a role of the namespace": given(...around, role("reader"), binding("reader")),
    "a role of the cluster": given(...around, role("reader"), binding("view", "ClusterRole")),
    "a role where no workload is in sight": given(namespace, role("reader"), binding("none")),
    "a store of the namespace, by its kind and without": given(
      ...around,
      store("aws"),
      secret({ kind: "SecretStore", name: "aws" }),
      { ...secret({ name: "aws" }), name: "two" },
    ),
    "a store of the cluster": given(...around, store("aws"), secret({ kind: "ClusterSecretStore", name: "vault" })),
    "a store where none is in sight": given(...around, secret({ kind: "SecretStore", name: "aws" })),
    "an issuer of the namespace, of the cluster, and of another operator": given(
      ...around,
      issuer("ca"),
      certificate({ name: "ca" }),
      { ...certificate({ kind: "ClusterIssuer", name: "public" }), name: "two" },
      { ...certificate({ kind: "Issuer", name: "private", group: "pca.example.com" }), name: "three" },
      { ...certificate({ kind: "Issuer", name: "ca", group: "" }), name: "four" },
    ),
    "an issuer where none is in sight": given(...around, certificate({ name: "ca" })),
    "a pool with its class, one of another provider, and one where no class is in sight": given(
      nodeClass("default"),
      pool("EC2NodeClass", "default"),
      { ...pool("NodeClass", "auto"), name: "two" },
    ),
    "a pool where no class is in sight": given(pool("EC2NodeClass", "default")),
  },
  bad: {
    "a role that nobody declares": given(...around, role("reader"), binding("raeder")),
    "a role that nobody declares, where none is in sight": given(...around, binding("none")),
    "a role of another namespace": given(...around, role("reader", "web"), binding("reader")),
    "a store that nobody declares": given(...around, store("aws"), secret({ name: "asw" })),
    "a store of another name": given(...around, store("aws"), secret({ kind: "SecretStore", name: "vault" })),
    "an issuer that nobody declares": given(...around, issuer("letsencrypt"), certificate({ name: "letsencrpyt" })),
    "an issuer of another name, by its group": given(
      ...around,
      issuer("ca"),
      certificate({ kind: "Issuer", name: "public", group: "cert-manager.io" }),
    ),
    "a class that nobody declares": given(nodeClass("default"), pool("EC2NodeClass", "defualt")),
    "a class of another name": given(nodeClass("default"), pool("EC2NodeClass", "gpu")),
  },
};
