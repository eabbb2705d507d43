/** Which instances a node group may have: a type that EC2 has, for the group's image, offered in its zones. */
import { valuesAt } from "../../../property/paths";
import type { PropertyMap } from "../../../property/values";
import type { CloudObject } from "../../account/account";
import { limitOf } from "../object/facts";
import type { ResourceContext } from "../object/resource-context";
import { readTable } from "../../tables/tables";
import type { Check } from "./rule";
import { subnetsOf, zonesOf } from "./network";

interface Offering {
  readonly architectures: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Families that a zone does not offer, by its id. */
  readonly notOffered: Readonly<Record<string, readonly string[]>>;
  /** Virtual CPUs by size; `<n>xlarge` has n times as many as `xlarge`, a burstable one below that as many as `burstable`. */
  readonly vcpus: Readonly<Record<string, number>>;
}

const offering = (): Offering => readTable<Offering>("aws/instance-types.yaml");

/** The types of a node group: its own, or its launch template's. */
function typesOf(ctx: ResourceContext, inputs: PropertyMap = ctx.inputs): readonly string[] {
  const [id = ""] = valuesAt(inputs, "launchTemplate.id");
  const template: CloudObject | undefined = ctx.find("aws:ec2/launchTemplate:LaunchTemplate", String(id));
  const type = template?.inputs.instanceType;
  return [...valuesAt(inputs, "instanceTypes").map(String), ...(typeof type === "string" ? [type] : [])];
}

const partsOf = (type: string): readonly [family: string, size: string] => {
  const [family = "", size = ""] = type.split(".");
  return [family, size];
};

/** Whether an architecture has the type; of `undefined`, whether any has. */
function isBuilt(type: string, architecture?: string): boolean {
  const [family, size] = partsOf(type);
  return Object.entries(offering().architectures).some(
    ([name, families]) => (architecture ?? name) === name && families[family]?.includes(size) === true,
  );
}

const architectureOf = (amiType: string): string => (amiType.includes("ARM_64") ? "arm64" : "x86_64");

const nodesOfUnknownType: Check = (ctx) => {
  const unknown = typesOf(ctx).find((type) => !isBuilt(type));
  return unknown !== undefined && { unknown };
};

const nodesOfAnotherArchitecture: Check = (ctx) => {
  const amiType = ctx.text("amiType") || "AL2023_x86_64_STANDARD";
  const foreign = typesOf(ctx).filter((type) => !isBuilt(type, architectureOf(amiType)));
  return foreign.length > 0 && { foreign: foreign.join(", "), expected: amiType };
};

/** EC2 names zones by their names in this account. */
const nodesNotOffered: Check = (ctx) => {
  const { notOffered } = offering();
  const zones = ctx.caller.facts.regions[ctx.region]?.zones ?? {};
  const lacks = (id: string, type: string): boolean => notOffered[id]?.includes(partsOf(type)[0]) === true;
  const expected = zonesOf(subnetsOf(ctx, "subnetIds"));
  const missing = typesOf(ctx).flatMap((type) => expected.flatMap((id) => (lacks(id, type) ? [{ id, type }] : [])))[0];
  if (missing === undefined) return false;
  const nameOf = (id: string): string => Object.entries(zones).find(([, zone]) => zone === id)?.[0] ?? id;
  const others = Object.entries(zones).flatMap(([name, id]) => (lacks(id, missing.type) ? [] : [name]));
  return { instance: missing.type, zone: nameOf(missing.id), others: others.join(", ") };
};

/** The families whose instances count together: A, C, D, H, I, M, R, T and Z. */
const STANDARD = /^(a|c|d|h|i|im|is|m|r|t|z)\d/;

/** Virtual CPUs of an instance; none of a type of another bucket, or whose number the table does not have. */
function vcpusOf(type: string): number {
  const [family, size] = partsOf(type);
  const { vcpus } = offering();
  const [, times] = /^(\d+)xlarge$/.exec(size) ?? [];
  if (!STANDARD.test(family)) return 0;
  if (times !== undefined) return Number(times) * (vcpus["xlarge"] ?? 0);
  return vcpus[family.startsWith("t") && size !== "xlarge" ? "burstable" : size] ?? 0;
}

/** The instances of all node groups of the region, in virtual CPUs, against what the account may run. */
const nodesBeyondVcpus: Check = (ctx) => {
  const { facts } = ctx.caller;
  const quota = facts.quotas["standardVcpus"];
  const limit = quota && limitOf(facts, quota, ctx.scope);
  const expected = [ctx.inputs, ...ctx.peers().map(({ inputs }) => inputs)].map((inputs) => {
    const [type = "t3.medium"] = typesOf(ctx, inputs);
    return Number(valuesAt(inputs, "scalingConfig.desiredSize")[0] ?? 0) * vcpusOf(type);
  });
  return limit !== undefined && expected.reduce((sum, more) => sum + more, 0) > limit && { limit };
};

/** Checks of rules.yaml, by name. */
export const NODE_CHECKS: Readonly<Record<string, Check>> = {
  nodesOfUnknownType,
  nodesOfAnotherArchitecture,
  nodesNotOffered,
  nodesBeyondVcpus,
};
