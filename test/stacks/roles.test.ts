/** Whose credentials a run uses: the role that it names, for AWS and for the cluster alike, or nobody's but the caller's. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { accountRoleArn, isSessionOf } from "../../stacks/inputs/roles";
import { type Graph, revealed } from "../support/graph";
import { stackGraph } from "../support/stack-graph";

const DEPLOY = accountRoleArn("000000000000", "deploy");
const as = (role: string) => ({ config: { "fridayproof:role": role } });
const kubeconfigOf = (graph: Graph) => String(revealed(graph.byName("blue-cluster").outputs.kubeconfigJson));
const assumed = (graph: Graph) => graph.byName("aws").inputs.assumeRoles;
const ENTRY = ["blue-cluster-access-deploy", "blue-cluster-access-deploy-policy"];
const entries = (graph: Graph) => graph.resources.filter(({ name }) => ENTRY.includes(name));

// role=caller is refused where a workflow runs, and this suite runs in one too.
beforeEach(() => {
  for (const name of ["CI", "GITHUB_ACTIONS", "CODEBUILD_BUILD_ID", "JENKINS_URL", "TF_BUILD", "TEAMCITY_VERSION"])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a run", () => {
  test("takes the deploy role, whose tokens the cluster gets, and gives it no entry: EKS has made one", async () => {
    const graph = await stackGraph("dev");
    expect(assumed(graph)).toBe(JSON.stringify([{ roleArn: DEPLOY, sessionName: "fridayproof-dev" }]));
    expect(kubeconfigOf(graph)).toContain(`"--role","${DEPLOY}"`);
    expect(entries(graph)).toEqual([]);
  });

  test("with the preview role asks the cluster with that role, never with the deploy role, which it may not take", async () => {
    const graph = await stackGraph("dev", as("preview"));
    const preview = accountRoleArn("000000000000", "preview");
    expect(assumed(graph)).toBe(JSON.stringify([{ roleArn: preview, sessionName: "fridayproof-dev" }]));
    expect(kubeconfigOf(graph)).toContain(`"--role","${preview}"`);
    expect(kubeconfigOf(graph)).not.toContain(DEPLOY);
  });

  test("of a caller takes no role; the deploy role gets an entry, which stays when the pipeline goes on", async () => {
    const first = await stackGraph("dev", as("caller"));
    expect(assumed(first)).toBeUndefined();
    expect(kubeconfigOf(first)).not.toContain("--role");
    expect(entries(first).map(({ inputs }) => inputs.principalArn)).toEqual([DEPLOY, DEPLOY]);
    expect(entries(first).map(({ retainOnDelete }) => retainOnDelete)).toEqual([true, true]);

    const { account, snapshot } = first;
    const second = await stackGraph("dev", { account, snapshot });
    expect(entries(second)).toEqual([]);
    const kept = second.account.all("aws:eks/accessEntry:AccessEntry");
    expect(kept.map(({ inputs }) => inputs.principalArn)).toContain(DEPLOY);
    expect(second.steps.filter(({ op }) => op.includes("replace")).map(({ urn }) => urn)).toEqual([]);
  });
});

test("a caller who has taken the deploy role is that role", () => {
  const session = "arn:aws:sts::111122223333:assumed-role/fridayproof-deploy/alice";
  expect(isSessionOf(session, "deploy")).toBe(true);
  expect(isSessionOf(session, "preview")).toBe(false);
  expect(isSessionOf("arn:aws:sts::111122223333:assumed-role/fridayproof-deployer/alice", "deploy")).toBe(false);
  expect(isSessionOf("arn:aws:iam::111122223333:user/alice", "deploy")).toBe(false);
});
