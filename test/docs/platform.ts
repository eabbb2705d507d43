/** The examples of all components as one platform: each is handed what the others made, on one simulated account. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { addons } from "../components/cluster/examples/addons";
import { cluster } from "../components/cluster/examples/cluster";
import { nodeAddons } from "../components/cluster/examples/node-addons";
import { systemPool } from "../components/cluster/examples/node-pool";
import { platformSecrets } from "../components/cluster/examples/platform-secrets";
import { shopIdentity } from "../components/cluster/examples/pod-identity";
import { backupPlan } from "../components/data/examples/backup-plan";
import { backupVault } from "../components/data/examples/backup-vault";
import { database } from "../components/data/examples/database";
import { databaseRoles } from "../components/data/examples/database-roles";
import { globalDatabase } from "../components/data/examples/global-database";
import { argoCd } from "../components/delivery/examples/argo-cd";
import { argoRollouts } from "../components/delivery/examples/argo-rollouts";
import { shopFlags } from "../components/delivery/examples/feature-flags";
import { gitOps } from "../components/delivery/examples/git-ops";
import { monitoringCrds } from "../components/delivery/examples/prometheus-operator-crds";
import { keys } from "../components/encryption/examples/keys";
import { accountRoles } from "../components/foundation/examples/account-roles";
import { certificates } from "../components/foundation/examples/certificates";
import { imageStore } from "../components/foundation/examples/image-store";
import { runner } from "../components/foundation/examples/runner";
import { stateStore } from "../components/foundation/examples/state-store";
import { trail } from "../components/foundation/examples/trail";
import { network } from "../components/network/examples/vpc";
import { databaseAlarms } from "../components/observability/examples/database-alarms";
import { frontDoorAlarms } from "../components/observability/examples/front-door-alarms";
import { monitoring } from "../components/observability/examples/monitoring";
import { shopBudget } from "../components/resilience/examples/disruption-budget";
import { frontDoor } from "../components/traffic/examples/front-door";
import { gateway } from "../components/traffic/examples/gateway";
import { trafficWeights } from "../components/traffic/examples/traffic-weights";
import { emptyAccount } from "../support/foundation-account";
import { type Graph, graphOf } from "../support/graph";

const ACCOUNT = "000000000000";

/** What every component of the house is. */
export type Example = pulumi.ComponentResource & { readonly nodes: object };

/** What the examples returned, in their order. */
class Made {
  readonly components: Example[] = [];

  readonly add = <T extends Example>(component: T): T => {
    this.components.push(component);
    return component;
  };
}

function foundation({ add }: Made): void {
  const provider = (region: string) => new aws.Provider(region, { region, allowedAccountIds: [ACCOUNT] });
  const east = provider("us-east-1");
  const west = provider("us-west-2");
  add(accountRoles(east));
  add(backupVault(west));
  add(certificates(east));
  add(globalDatabase(east));
  add(imageStore(east, west));
  add(runner(east));
  add(stateStore(east, west));
  add(trail(east));
}

/** What is in AWS before anything runs inside the cluster. */
function outside(provider: aws.Provider, { add }: Made) {
  const certificate = aws.acm.getCertificateOutput(
    { tags: { "fridayproof.dev/certificate": "environments" }, statuses: ["ISSUED"] },
    { provider },
  );
  const environmentKeys = add(keys(provider));
  const vpc = add(network(provider, environmentKeys));
  const door = add(frontDoor(provider, vpc, certificate.arn));
  add(frontDoorAlarms(provider, environmentKeys, door, certificate.arn));
  add(shopFlags(provider, door));
  const blue = add(cluster(provider, new eks.Provider("eks"), vpc, environmentKeys));
  const nodes = add(systemPool(provider, blue, vpc, environmentKeys));
  const names = add(nodeAddons(provider, blue, nodes));
  add(shopIdentity(provider, blue));
  const roles = add(databaseRoles(provider));
  const data = add(database(provider, { network: vpc, cluster: blue, keys: environmentKeys, roles }));
  add(backupPlan(provider, data, roles));
  add(databaseAlarms(provider, environmentKeys, data));
  return { keys: environmentKeys, network: vpc, door, cluster: blue, nodes, nodeAddons: names };
}

function environment(made: Made): void {
  const { add } = made;
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/fridayproof-deploy`;
  const provider = new aws.Provider("aws", {
    region: "us-east-1",
    allowedAccountIds: [ACCOUNT],
    assumeRoles: [{ roleArn }],
  });
  const around = outside(provider, made);
  const inside = new kubernetes.Provider(
    "blue-kubernetes",
    { kubeconfig: around.cluster.kubeconfigJson, enableServerSideApply: true },
    { dependsOn: [around.cluster, around.nodes, around.nodeAddons, ...around.network.egress] },
  );
  const crds = add(monitoringCrds(inside));
  const platform = add(addons(provider, inside, { ...around, monitoringCrds: crds }));
  const secrets = add(platformSecrets(inside, platform, crds));
  add(monitoring(inside, { monitoringCrds: crds, addons: platform, secrets }));
  const blue = add(gateway(provider, inside, { ...around, addons: platform, monitoringCrds: crds }));
  add(trafficWeights(provider, around.door, blue));
  add(argoRollouts(inside, crds));
  const delivery = add(gitOps(inside, add(argoCd(inside, crds, secrets, blue)), secrets));
  const namespace = delivery.applicationNamespaces.apply(([shop = ""]) => shop);
  add(shopBudget(inside, namespace));
}

/** The examples, brought up. */
export interface ExamplePlatform {
  /** The foundation's graph, then the environment's. */
  readonly graphs: readonly Graph[];
  readonly components: readonly Example[];
}

/** Brings the foundation's examples up, and on its account those of an environment. @throws Error with every refusal. */
export async function examplePlatform(): Promise<ExamplePlatform> {
  const made = new Made();
  const before = await graphOf(() => foundation(made), { account: emptyAccount(), stack: "foundation" });
  const after = await graphOf(() => environment(made), { account: before.account, stack: "prod" });
  return { graphs: [before, after], components: made.components };
}
