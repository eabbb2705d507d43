/** The examples of all components as one platform: each is handed what the others made, on one simulated account. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import { addons } from "../components/cluster/examples/addons";
import { cluster } from "../components/cluster/examples/cluster";
import { nodeAddons } from "../components/cluster/examples/node-addons";
import { systemPool } from "../components/cluster/examples/node-pool";
import { platformSecrets } from "../components/cluster/examples/platform-secrets";
import { shopIdentity } from "../components/cluster/examples/pod-identity";
import { argoCd } from "../components/delivery/examples/argo-cd";
import { argoRollouts } from "../components/delivery/examples/argo-rollouts";
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
import { frontDoorAlarms } from "../components/observability/examples/front-door-alarms";
import { monitoring } from "../components/observability/examples/monitoring";
import { shopBudget } from "../components/resilience/examples/disruption-budget";
import { frontDoor } from "../components/traffic/examples/front-door";
import { gateway } from "../components/traffic/examples/gateway";
import { trafficWeights } from "../components/traffic/examples/traffic-weights";
import { emptyAccount } from "../support/founded";
import { type Graph, graphOf } from "../support/graph";

const ACCOUNT = "000000000000";

function foundation(): void {
  const provider = (region: string) => new aws.Provider(region, { region, allowedAccountIds: [ACCOUNT] });
  const east = provider("us-east-1");
  const west = provider("us-west-2");
  accountRoles(east);
  certificates(east);
  imageStore(east, west);
  runner(east);
  stateStore(east, west);
  trail(east);
}

/** What is in AWS before anything runs inside the cluster. */
function outside(provider: aws.Provider) {
  const certificate = aws.acm.getCertificateOutput(
    { tags: { "fridayproof.dev/certificate": "environments" }, statuses: ["ISSUED"] },
    { provider },
  );
  const environmentKeys = keys(provider);
  const vpc = network(provider, environmentKeys);
  const door = frontDoor(provider, vpc, certificate.arn);
  frontDoorAlarms(provider, environmentKeys, door, certificate.arn);
  const blue = cluster(provider, new eks.Provider("eks"), vpc, environmentKeys);
  const nodes = systemPool(provider, blue, vpc, environmentKeys);
  const names = nodeAddons(provider, blue, nodes);
  shopIdentity(provider, blue);
  return { keys: environmentKeys, network: vpc, door, cluster: blue, nodes, nodeAddons: names };
}

function environment(): void {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/fridayproof-deploy`;
  const provider = new aws.Provider("aws", {
    region: "us-east-1",
    allowedAccountIds: [ACCOUNT],
    assumeRoles: [{ roleArn }],
  });
  const around = outside(provider);
  const inside = new kubernetes.Provider(
    "blue-kubernetes",
    { kubeconfig: around.cluster.kubeconfigJson, enableServerSideApply: true },
    { dependsOn: [around.cluster, around.nodes, around.nodeAddons, ...around.network.waysOut] },
  );
  const crds = monitoringCrds(inside);
  const platform = addons(provider, inside, { ...around, monitoringCrds: crds });
  const secrets = platformSecrets(inside, platform, crds);
  monitoring(inside, { monitoringCrds: crds, addons: platform, secrets });
  const blue = gateway(provider, inside, { ...around, addons: platform, monitoringCrds: crds });
  trafficWeights(provider, around.door, blue);
  argoRollouts(inside, crds);
  const delivery = gitOps(inside, argoCd(inside, crds, secrets, blue), secrets);
  const namespace = delivery.applicationNamespaces.apply(([shop = ""]) => shop);
  shopBudget(inside, namespace);
}

/** Brings the foundation's examples up, and on its account those of an environment. @throws Error with every refusal. */
export async function examplePlatform(): Promise<readonly Graph[]> {
  const before = await graphOf(foundation, { account: emptyAccount(), stack: "foundation" });
  const after = await graphOf(environment, { account: before.account, stack: "prod" });
  return [before, after];
}
