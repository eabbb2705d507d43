/** Rows: what must be gone, emptied or unprotected before an object can go. */
import { valuesAt } from "../aws/making";
import type { Making } from "../aws/making";
import type { CloudObject } from "../account";
import { readTable, sentence, serviceOf, type Refusal } from "./row";

/** One row of `dependents.yaml`. */
interface Dependents {
  readonly code: string;
  readonly message: string;
  readonly source: string;
  /** Output whose value dependents hold; the id when absent. */
  readonly of?: string;
  /** Input that, when true, makes the provider clean up first. */
  readonly unless?: string;
  /** Type to path; `@vpc` stands for lying in that VPC. */
  readonly by: Readonly<Record<string, string>>;
}

function vpcOf(made: Making, object: CloudObject): unknown {
  if (typeof object.outputs.vpcId === "string" && object.outputs.vpcId !== "") return object.outputs.vpcId;
  return made.find("aws:ec2/subnet:Subnet", String(object.inputs.subnetId))?.outputs.vpcId;
}

function user(made: Making, row: Dependents): string | undefined {
  const target = row.of === undefined ? made.id : made.old?.outputs[row.of];
  const own = new Set(made.companions().map(({ id }) => id));
  for (const [type, path] of Object.entries(row.by)) {
    const found = made.caller.account.all(type.trim()).find((object) => {
      if (own.has(object.id) || object.id === made.id) return false;
      return path === "@vpc"
        ? vpcOf(made, object) === target
        : valuesAt(object.inputs, path).includes(target as string);
    });
    if (found) return type.startsWith("sandbox:") ? found.id : `${type.trim().split(":").pop() ?? ""} ${found.id}`;
  }
  return undefined;
}

const STILL_USED = Object.entries(readTable<Dependents>("dependents.yaml")).map(([type, row]): Refusal => ({
  rule: "dependents",
  code: row.code,
  service: serviceOf(type),
  types: [type],
  operations: ["delete"],
  source: row.source,
  refuses: (made) => {
    if (row.unless !== undefined && made.inputs[row.unless] === true) return undefined;
    const by = user(made, row);
    return by && sentence(made, row.message, { by });
  },
}));

const PROTECTED: readonly Refusal[] = [
  {
    rule: "load balancer protected",
    code: "OperationNotPermitted",
    service: "lb",
    types: ["aws:lb/loadBalancer:LoadBalancer"],
    operations: ["delete"],
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html",
    refuses: (made) =>
      made.inputs.enableDeletionProtection === true
        ? `Load balancer '${made.id}' cannot be deleted because deletion protection is enabled`
        : undefined,
  },
  {
    rule: "cluster protected",
    code: "InvalidRequestException",
    service: "eks",
    types: ["aws:eks/cluster:Cluster"],
    operations: ["delete"],
    source: "https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html",
    refuses: (made) =>
      made.inputs.deletionProtection === true
        ? `Cluster ${made.id} cannot be deleted because deletion protection is enabled`
        : undefined,
  },
];

/** Rows. */
export const DELETION_ROWS: readonly Refusal[] = [...PROTECTED, ...STILL_USED];
