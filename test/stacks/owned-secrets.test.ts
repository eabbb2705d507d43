/** The foundation owns the secrets of all environments: the names that the clusters take are the names that it makes. */
import { isDeepStrictEqual } from "node:util";
import type { AppSpec } from "@fridayproof/components/plan";
import { expect, test } from "vitest";
import { platformSecretNames } from "../../components/cluster/platform-secret-names";
import { ownedSecrets } from "../../stacks/account/secrets";
import { dev } from "../../stacks/environments/dev";
import { environments } from "../../stacks/environments/environments";
import { prod } from "../../stacks/environments/prod";
import { replica } from "../../stacks/environments/replica";
import type { EnvironmentInput } from "../../stacks/environments/schema";
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

const shop = {
  name: "shop",
  image: `registry.example.com/shop@sha256:${"a".repeat(64)}`,
  port: 8080,
  readinessPath: "/ready",
  livenessPath: "/live",
};
const reading: AppSpec = {
  ...shop,
  database: { secret: "database" },
  secrets: { KEY: { secret: "mail", property: "key" }, HOST: { secret: "mail", property: "host" } },
};
const withShop = (environment: EnvironmentInput): EnvironmentInput => ({
  ...environment,
  gitOps: { ...environment.gitOps, applications: ["shop"] },
});

test(
  "every secret that an environment's platform reads is made once, without a value, with a copy only where a replica reads it",
  async () => {
    const graph = await foundationGraph();
    const secrets = graph.ofType("aws:secretsmanager/secret:Secret").map(({ inputs }) => inputs);
    expect(secrets).toHaveLength(ownedSecrets(environments).length);
    expect(graph.ofType("aws:secretsmanager/secretVersion:SecretVersion")).toEqual([]);
    expect(secrets.map(({ kmsKeyId, recoveryWindowInDays }) => [kmsKeyId, recoveryWindowInDays])).toEqual(
      secrets.map(() => [undefined, 30]),
    );
    for (const [stack, owner] of [
      ["staging", "staging"],
      ["prod", "prod"],
      ["replica", "prod"],
    ] as const) {
      const own = secrets.filter(({ name }) => String(name).startsWith(`fridayproof/${owner}/`));
      expect(namesRead((await stackGraph(stack)).resources).sort(), stack).toEqual(own.map(({ name }) => name).sort());
      for (const { replicas, tags } of own) {
        expect(tags).toMatchObject({ "fridayproof.dev/environment": owner });
        expect(replicas).toEqual(owner === "prod" ? [expect.objectContaining({ region: "us-west-2" })] : undefined);
      }
    }
  },
  MINUTES_3,
);

test("secrets of an application are those that its spec names, each once, in each environment that runs it", () => {
  const names = (environment: EnvironmentInput) => ownedSecrets([environment], () => reading);
  expect(names(withShop(dev))).toEqual([
    { environment: "dev", name: "shop/database", region: "us-east-1", copyRegion: undefined },
    { environment: "dev", name: "shop/mail", region: "us-east-1", copyRegion: undefined },
  ]);
  expect(ownedSecrets([withShop(dev)], () => shop)).toEqual([]);
  const pair = ownedSecrets([withShop(prod), withShop(replica)], () => reading);
  expect(pair.filter(({ name }) => name.startsWith("shop/"))).toEqual([
    { environment: "prod", name: "shop/database", region: "us-east-1", copyRegion: "us-west-2" },
    { environment: "prod", name: "shop/mail", region: "us-east-1", copyRegion: "us-west-2" },
  ]);
});

test("a foundation with an application's secrets changes none that stand, and passes no value", async () => {
  const all = environments.map((row) => (row.follows === undefined && row.name !== "staging" ? withShop(row) : row));
  expect(
    ownedSecrets(all, () => reading).filter(
      (row) => !ownedSecrets(environments).some((old) => isDeepStrictEqual(old, row)),
    ),
  ).toHaveLength(4);
  const bad = { ...reading, database: { secret: "arn:aws:secretsmanager:x" } };
  expect(() => ownedSecrets(all, () => bad)).toThrow(
    /^1 problem in application "shop":\n {2}database\.secret: got "arn:/,
  );
  await expect(foundationGraph({}, undefined, all)).rejects.toThrow(
    "there is no application shop: apps/ has none yet. `npx fridayproof new application shop` writes one.",
  );
});

test("a replica has its primary's secrets, and none of its own", () => {
  expect(new Set(ownedSecrets(environments).map(({ environment }) => environment))).toEqual(
    new Set(["staging", "prod"]),
  );
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
