/** Namespaces that applications may not have, because they belong to the platform or to Kubernetes. */

/** Namespaces that EKS itself runs: their objects are AWS's. */
export const systemNamespaces: readonly string[] = ["kube-system", "kube-public", "kube-node-lease"];

/** Namespaces of the platform's own add-ons, and EKS's. */
export const platformNamespaces: readonly string[] = [
  ...systemNamespaces,
  "argocd",
  "argo-rollouts",
  "external-secrets",
  "istio-ingress",
  "istio-system",
  "monitoring",
];

/** Namespaces of add-ons that are not ours but common: their charts and manifests decide how they run. */
export const addOnNamespaces: readonly string[] = [
  ...platformNamespaces,
  "cert-manager",
  "external-dns",
  "ingress-nginx",
  "karpenter",
  "keda",
];

/**
 * Names that no application may have. Its name is its namespace and the first part of its host name, so it would be
 * inside of an add-on, serve Argo CD's host name, or at the one by which Route 53 checks the health of the region.
 */
export const reservedApplications: readonly string[] = [...platformNamespaces, "default", "health"];

/** Name of the ClusterSecretStore that reads an application's secrets; the prefix keeps it from being the platform's. */
export const applicationStore = (application: string): string => `applications-${application}`;

/** What each leg writes into an application's namespace about its database: the ConfigMap with the hosts, and whose pods may reach it. */
export const databaseMap = {
  name: "platform-database",
  clients: { "fridayproof.dev/database": "client" },
} as const;

/** Namespaces that every application has to do with: its requests come from the first, its metrics go to the second, names are resolved in the third. */
export const neighbourNamespaces = {
  gateway: "istio-ingress",
  monitoring: "monitoring",
  names: "kube-system",
} as const;
