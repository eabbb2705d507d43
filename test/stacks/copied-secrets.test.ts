/** The foundation owns the secrets that two legs read: the names that the clusters take are the names that it makes. */
import { expect, test } from "vitest";
import { platformSecretNames } from "../../components/cluster/platform-secret-names";
import { copiedSecrets } from "../../stacks/account/secrets";
import { environments } from "../../stacks/environments/environments";
import { prod } from "../../stacks/environments/prod";
import { staging } from "../../stacks/environments/staging";
import { foundationGraph } from "../support/foundation-account";
import type { GraphResource } from "../support/graph";
import { stackGraph } from "../support/stack-graph";

const MINUTES_3 = 180_000;

interface Inside {
  readonly spec: {
    readonly data?: readonly { readonly remoteRef: { readonly key: string } }[];
    readonly provider?: { readonly aws: { readonly prefix: string } };
  };
}

/** Names in Secrets Manager that the ExternalSecrets of a program lead to. */
function namesRead(resources: readonly GraphResource[]): string[] {
  const inside = (kind: string) =>
    resources.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ inputs }) => (inputs as unknown as Inside).spec);
  const prefix = inside("ClusterSecretStore")[0]?.provider?.aws.prefix ?? "";
  return inside("ExternalSecret").map(({ data }) => `${prefix}${data?.[0]?.remoteRef.key ?? ""}`);
}

test(
  "every secret that prod and its replica read is made once, with a copy under its name in the replica's region, and no value",
  async () => {
    const graph = await foundationGraph();
    const secrets = graph.ofType("aws:secretsmanager/secret:Secret").map(({ inputs }) => inputs);
    const names = secrets.map(({ name }) => String(name)).sort();
    expect(names).toHaveLength(copiedSecrets(environments).length);
    for (const { replicas, kmsKeyId, tags } of secrets) {
      expect([replicas, kmsKeyId]).toEqual([[expect.objectContaining({ region: "us-west-2" })], undefined]);
      expect(tags).toMatchObject({ "fridayproof.dev/environment": "prod" });
    }
    expect(graph.ofType("aws:secretsmanager/secretVersion:SecretVersion")).toEqual([]);
    for (const stack of ["prod", "replica"])
      expect(namesRead((await stackGraph(stack)).resources).sort(), stack).toEqual(names);
  },
  MINUTES_3,
);

test("an environment that nobody follows has none here, and a replica has its primary's", () => {
  expect(copiedSecrets([staging, prod])).toEqual([]);
  expect(new Set(copiedSecrets(environments).map(({ environment }) => environment))).toEqual(new Set(["prod"]));
});

test.each([
  [{ profile: "dev", singleSignOn: false, privateRepository: false, deadMansSwitch: true }, []],
  [{ profile: "dev", singleSignOn: true, privateRepository: true }, ["argocd-oidc", "argocd-repository"]],
  [
    { profile: "production", singleSignOn: false, privateRepository: false, deadMansSwitch: true },
    ["argocd-notifications", "dead-mans-switch", "grafana-admin", "on-call"],
  ],
] as const)("of %j the names are %j", (choice, names) => {
  expect(platformSecretNames(choice)).toEqual(names);
});
