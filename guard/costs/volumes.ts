/** Volumes that are billed though no resource is one: disks of nodes, and what a chart's pods claim. */
import { nameOf } from "@fridayproof/components/core";
import { type Charges, type Charge, unpriced } from "./charges";
import { isMap } from "../verdict/plans/values";
import { part, type Plan, type PlannedResource } from "./plan";
import { isFixedId } from "./prices";

const STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";

/** Beside a `volumeClaimTemplate`, these win. Source: prometheus-operator, pkg/prometheus/server/statefulset.go. */
const WINNERS = ["emptyDir", "ephemeral"];

/** Ways in which charts of others request volumes; ours use none of them, and a new one must not be missed. */
const OTHER_WAYS = ["persistence", "persistentVolume"];

/** What pods claim. */
interface Claim {
  /** Path in the chart's values. */
  readonly path: string;
  readonly size: unknown;
  readonly storageClass: unknown;
  /** Pods that each get one. */
  readonly pods: number;
}

function claimsIn(values: unknown, path: string, pods: number): Claim[] {
  if (!isMap(values) || values.enabled === false || WINNERS.some((key) => isMap(values[key]))) return [];
  const count = typeof values.replicas === "number" ? values.replicas : pods;
  return Object.entries(values).flatMap(([key, value]) => {
    const inner = `${path}.${key}`;
    if (key === "volumeClaimTemplate") {
      const { storageClassName } = part(value, "spec");
      return [
        {
          path: inner,
          size: part(value, "spec", "resources", "requests").storage,
          storageClass: storageClassName,
          pods: count,
        },
      ];
    }
    if (OTHER_WAYS.includes(key) && isMap(value) && value.enabled === true)
      return [{ path: inner, size: undefined, storageClass: undefined, pods: count }];
    return claimsIn(value, inner, count);
  });
}

/** Volume type that a StorageClass of the plan makes. */
function volumeType(storageClass: unknown, plan: Plan): unknown {
  const found = plan.resources.find(
    ({ type, inputs }) => type === STORAGE_CLASS && part(inputs, "metadata").name === storageClass,
  );
  return part(found?.inputs, "parameters").type;
}

function chargesOfClaim({ path, size, storageClass, pods }: Claim, plan: Plan): Charges {
  const gib = typeof size === "string" ? /^(\d+)Gi$/.exec(size)?.[1] : undefined;
  if (gib === undefined) return unpriced(path, size, "a claim of a whole number of Gi");
  const type = volumeType(storageClass, plan);
  if (typeof type !== "string" || !isFixedId(type))
    return unpriced(`${path}.spec.storageClassName`, storageClass, "a StorageClass of the plan whose type has a price");
  return { fixed: [{ price: type, quantity: Number(gib) * pods }] };
}

/** The volumes that a chart's pods claim. A chart's own defaults are not seen: its values must name its volumes. */
export function chartVolumes({ inputs }: PlannedResource, plan: Plan): Charges {
  const charges = claimsIn(inputs?.values, "values", 1).map((claim) => chargesOfClaim(claim, plan));
  return {
    fixed: charges.flatMap(({ fixed = [] }) => fixed),
    problems: charges.flatMap(({ problems = [] }) => problems),
  };
}

/** The disks of nodes that are made from a launch template. @param nodes how many, as a charge counts them. */
export function nodeDisks(
  template: PlannedResource,
  nodes: Required<Pick<Charge, "quantity" | "least" | "most">>,
): Charges {
  const mappings: readonly unknown[] = Array.isArray(template.inputs?.blockDeviceMappings)
    ? template.inputs.blockDeviceMappings
    : [];
  const where = `${nameOf(template.urn)}.blockDeviceMappings`;
  if (mappings.length === 0) return unpriced(where, mappings, "the disks of a node");
  const charges = mappings.map((mapping): Charges => {
    const { volumeType: type, volumeSize: size, iops, throughput } = part(mapping, "ebs");
    if (typeof type !== "string" || !isFixedId(type)) return unpriced(where, type, "a volume type that has a price");
    if (typeof size !== "number") return unpriced(where, size, "a size in GiB");
    if (iops !== undefined || throughput !== undefined)
      return unpriced(where, { iops, throughput }, "the volume type's included speed");
    const { quantity, least, most } = nodes;
    return { fixed: [{ price: type, quantity: size * quantity, least: size * least, most: size * most }] };
  });
  return {
    fixed: charges.flatMap(({ fixed = [] }) => fixed),
    problems: charges.flatMap(({ problems = [] }) => problems),
  };
}
