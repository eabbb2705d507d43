/** Checks of a drill in the simulated account: preflight, readiness of a leg, and leaks after the teardown. */
import { parseUrn } from "@fridayproof/components/core";
import type { PreflightRow } from "@fridayproof/guard/drill";
import { lowerQuotas, readObjects } from "@fridayproof/sandbox/account";
import { isBusy } from "@fridayproof/sandbox/stacks";
import type { Scratch } from "./scratch";
import { wayInRow } from "./way-in";

type AccountObject = ReturnType<typeof readObjects>[number];

const measured = (what: string, passed: boolean, yes: string, no: string): PreflightRow => ({
  ...{ what, ran: "MEASURED", passed },
  saw: passed ? yes : no,
});

const unchecked = (what: string, saw: string): PreflightRow => ({ what, ran: "NOT RUN", passed: true, saw });

const ofStack = (objects: readonly AccountObject[], stack: string): AccountObject[] =>
  objects.filter(({ urn }) => parseUrn(urn)?.stack === stack);

const one = (objects: readonly AccountObject[], type: string): AccountObject | undefined =>
  objects.find((object) => object.type === type);

/** The objects of a stack in the account. */
export function objectsOf({ work }: Pick<Scratch, "work">, stack: string): readonly AccountObject[] {
  return ofStack(readObjects(work), stack);
}

/** Regions with a copy of a secret. */
const copyRegions = ({ replicas }: AccountObject["inputs"]): readonly unknown[] =>
  Array.isArray(replicas) ? replicas.map((copy) => (copy as { readonly region?: unknown }).region) : [];

/** What AWS keeps for each region separately: quotas, and copies of secrets. */
export function copiedRows(
  objects: readonly AccountObject[],
  { primary, replica, secretsPrefix }: Pick<Scratch["pair"], "primary" | "replica" | "secretsPrefix">,
): readonly PreflightRow[] {
  const { region } = replica;
  // Other environments have theirs in the same region, and no leg reads them.
  const secrets = objects.filter(
    ({ type, inputs }) =>
      type === "aws:secretsmanager/secret:Secret" && String(inputs["name"]).startsWith(secretsPrefix),
  );
  const uncopied = secrets
    .filter(({ inputs }) => !copyRegions(inputs).includes(region))
    .map(({ inputs }) => String(inputs["name"]));
  const lower = lowerQuotas(region, primary.region);
  return [
    measured(
      "quotas of each region",
      lower.length === 0,
      `none of ${region} is below ${primary.region}'s`,
      `in ${region} below ${primary.region}'s: ${lower.join(", ")}`,
    ),
    measured(
      "copies of secrets",
      uncopied.length === 0 && secrets.length > 0,
      `${secrets.length} secrets of ${primary.region} have one in ${region}; values are written by people`,
      uncopied.length === 0 ? `no secret in ${primary.region}` : `without one in ${region}: ${uncopied.join(", ")}`,
    ),
  ];
}

/** The preflight of a failover; checks that the sandbox cannot make are rows marked NOT RUN. */
export function preflightRows({ work, root, pair }: Scratch): readonly PreflightRow[] {
  const objects = readObjects(work);
  const { primary, replica } = pair;
  const inRegion = objects.filter(({ scope }) => scope === replica.region);
  const roles = objects.filter(({ type, id }) => type === "aws:iam/role:Role" && id.endsWith("-deploy"));
  const versions = [primary, replica].map(
    ({ stack }) => one(ofStack(objects, stack), "aws:eks/cluster:Cluster")?.outputs.version,
  );
  const isIdle = [primary, replica].every(({ stack }) => !isBusy({ root, work }, stack));
  const own = ofStack(objects, replica.stack);
  const groups = own.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup").length;
  const { region } = replica;
  return [
    measured("identity", roles.length > 0, "the deploy role exists", "the deploy role is missing"),
    wayInRow(roles[0]),
    measured("standing", groups > 0, `${own.length} objects, ${groups} node groups`, "nothing of the replica stands"),
    measured(
      "certificate",
      one(inRegion, "aws:acm/certificate:Certificate") !== undefined,
      `one in ${region}`,
      `none in ${region}`,
    ),
    measured(
      "decrypting",
      inRegion.some(({ type }) => /^aws:kms\/(replicaKey|key):/.test(type)),
      `keys in ${region}`,
      `no key in ${region}`,
    ),
    measured(
      "engine versions",
      versions[0] !== undefined && versions[0] === versions[1],
      `both ${String(versions[0])}`,
      versions.map(String).join(" and "),
    ),
    ...copiedRows(objects, pair),
    measured("locks", isIdle, "neither leg is locked", "a lock is held: npx fridayproof cancel"),
    unchecked("capacity", "AWS reports a lack of capacity only when instances are launched"),
    unchecked("digests in both registries", "the simulated registries hold no images"),
    unchecked("Git mirror", "the sandbox reads gitops/ of the checkout"),
  ];
}

/** Result of a check of a leg. */
export interface LegCheck {
  readonly passed: boolean;
  readonly saw: string;
}

const numberAt = (value: unknown, ...path: readonly (string | number)[]): number =>
  Number(path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value));

const nodes = (objects: readonly AccountObject[]): number =>
  objects
    .filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup")
    .reduce((sum, { inputs }) => sum + numberAt(inputs, "scalingConfig", "desiredSize"), 0);

/** Whether the replica is ready: its health check as expected, as many nodes as the primary, bound to its target group, with its records. */
export function legReady({ work, pair }: Scratch, health: number): LegCheck {
  const objects = readObjects(work);
  const own = ofStack(objects, pair.replica.stack);
  const primary = nodes(ofStack(objects, pair.primary.stack));
  const route = own.find(({ type, id }) => type.endsWith(":VirtualService") && /health/.test(id));
  const answer = numberAt(route?.inputs, "spec", "http", 0, "directResponse", "status");
  const records = own.filter(({ type }) => type === "aws:route53/record:Record").length;
  const isBound = own.some(({ type }) => type.endsWith(":TargetGroupBinding"));
  const count = nodes(own);
  return {
    passed: answer === health && count > 0 && count === primary && records > 0 && isBound,
    saw: `read, not requested: health check ${answer}, ${count} of ${primary} nodes, ${isBound ? "bound to its target group" : "not bound"}, ${records} records`,
  };
}

/** Objects of the replica that remain after its teardown, without those that AWS keeps until a date. */
export function leakCheck({ work, pair }: Scratch): LegCheck {
  const left = ofStack(readObjects(work), pair.replica.stack).filter(({ type }) => !type.startsWith("sandbox:"));
  const names = left.map(({ type, id }) => `${type} ${id}`);
  return {
    passed: left.length === 0,
    saw:
      left.length === 0 ? "no object of the replica is left" : `${left.length} left: ${names.slice(0, 5).join(", ")}`,
  };
}
