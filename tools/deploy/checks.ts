/** `make checks STACK=…`: whether what was just updated is healthy. The next environment is not touched where it is not. */
import { stackStatus, type StatusResource } from "@fridayproof/guard/status";
import { command } from "../command";
import { CLI, run, stackOf, whereOf } from "./engine";
import { nodeGroupProblems, rolloutProblems, type Standing, standingProblems, targetProblems } from "./health";

/** The JSON that a command writes. @throws Error where it fails. */
function answer(...command: readonly [string, ...string[]]): unknown {
  const { code, stdout } = run(command, true);
  if (code !== 0) throw new Error(`${command.slice(0, 3).join(" ")} ended with exit code ${code}: nothing is known.`);
  return JSON.parse(stdout) as unknown;
}

const onSandbox = (stack: string): string[] =>
  standingProblems(answer(process.execPath, CLI, "status", "--json", "--stack", stack) as Standing);

function nodeGroups(cluster: string, region: readonly string[]): string[] {
  const list = answer("aws", "eks", "list-nodegroups", "--cluster-name", cluster, ...region);
  const { nodegroups = [] } = list as { readonly nodegroups?: readonly string[] };
  return nodegroups.flatMap((group) =>
    nodeGroupProblems(
      answer("aws", "eks", "describe-nodegroup", "--cluster-name", cluster, "--nodegroup-name", group, ...region),
    ),
  );
}

function rollouts(cluster: string, region: readonly string[]): string[] {
  const { code } = run(["aws", "eks", "update-kubeconfig", "--name", cluster, "--alias", cluster, ...region], true);
  if (code !== 0) throw new Error(`aws eks update-kubeconfig of ${cluster} ended with exit code ${code}.`);
  const list = ["--all-namespaces", "--output", "json"];
  return rolloutProblems(cluster, answer("kubectl", "--context", cluster, "get", "rollouts.argoproj.io", ...list));
}

/** Health checks: the slots with traffic from the state, their health from AWS and Kubernetes. */
function onAws(stack: string): string[] {
  const exported = answer("pulumi", "stack", "export", "--stack", stack);
  const { deployment } = exported as { readonly deployment?: { readonly resources?: readonly StatusResource[] } };
  const resources = deployment?.resources ?? [];
  if (resources.length === 0) return [`${stack} does not stand.`];
  const { region, slots } = stackStatus(resources, () => true);
  const flags = ["--output", "json", ...(region === undefined ? [] : ["--region", region])];
  const names = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs as
    { readonly clusterNames?: Readonly<Record<string, string>> } | undefined;
  const groups = resources.filter(({ type, id }) => type === "aws:lb/targetGroup:TargetGroup" && id !== undefined);
  return slots.flatMap(({ slot, weight = 0 }) => {
    const cluster = names?.clusterNames?.[slot] ?? slot;
    const served = weight > 0 ? groups.filter(({ urn }) => urn.endsWith(`-${slot}`)) : [];
    const describe = ["elbv2", "describe-target-health", "--target-group-arn"];
    return [
      ...served.flatMap(({ id = "" }) =>
        targetProblems(`target group of ${slot}`, answer("aws", ...describe, id, ...flags)),
      ),
      ...nodeGroups(cluster, flags),
      ...rollouts(cluster, flags),
    ];
  });
}

function main([name = ""]: readonly string[]): void {
  const where = whereOf(process.env["ON"] ?? "sandbox");
  const stack = stackOf(name);
  const problems = where === "aws" ? onAws(stack) : onSandbox(stack);
  for (const problem of problems) process.stderr.write(`  ${problem}\n`);
  if (problems.length > 0) throw new Error(`${stack} is not healthy: the next environment must wait.`);
  process.stdout.write(`${stack} is healthy${where === "sandbox" ? " (SIMULATED)" : ""}.\n`);
}

void command("fridayproof", () => main(process.argv.slice(2)));
