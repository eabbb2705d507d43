/** What in a state would refuse to go, or leave something behind: known before anything is deleted. */
import { nameOf } from "@fridayproof/components/core";

/** A resource of a state, as deployment v3 has it; only what is read here. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly protect?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** One thing that holds a resource. */
export interface Hold {
  readonly urn: string;
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Who refuses, or what would be left. */
  readonly by: "Pulumi" | "AWS" | "what it leaves";
  /** Whole sentence without a full stop. */
  readonly why: string;
}

type Finding = Pick<Hold, "by" | "why">;

interface Rule {
  readonly types: RegExp;
  readonly applies: (inputs: Readonly<Record<string, unknown>>) => boolean;
  readonly finding: Finding;
}

/** Texts of a state may be secrets; a flag never is. */
const on = (key: string) => (inputs: Readonly<Record<string, unknown>>) => inputs[key] === true;
const off = (key: string) => (inputs: Readonly<Record<string, unknown>>) => inputs[key] !== true;

/** What AWS and the cluster do is a fact of theirs; each rule is one. */
const RULES: readonly Rule[] = [
  {
    types: /^aws:(lb|alb)\/loadBalancer:LoadBalancer$/,
    applies: on("enableDeletionProtection"),
    finding: { by: "AWS", why: "its deletion protection is on" },
  },
  {
    types: /^aws:eks\/cluster:Cluster$/,
    applies: on("deletionProtection"),
    finding: { by: "AWS", why: "its deletion protection is on" },
  },
  {
    types: /^aws:eks\/cluster:Cluster$/,
    applies: ({ enabledClusterLogTypes: types }) => Array.isArray(types) && types.length > 0,
    finding: {
      by: "what it leaves",
      why: "EKS would make its log group again, for the last lines of its control plane",
    },
  },
  {
    types: /^aws:s3\/bucket(V2)?:Bucket(V2)?$/,
    applies: off("forceDestroy"),
    finding: { by: "AWS", why: "a bucket with objects in it is not deleted without forceDestroy" },
  },
  {
    types: /^aws:ecr\/repository:Repository$/,
    applies: off("forceDelete"),
    finding: { by: "AWS", why: "a repository with images in it is not deleted without forceDelete" },
  },
  {
    types: /^kubernetes:argoproj\.io\/v1alpha1:ApplicationSet$/,
    applies: ({ spec }) => /"preserveResourcesOnDeletion":true/.test(JSON.stringify(spec ?? null)),
    finding: { by: "what it leaves", why: "what its applications made would stay in the cluster" },
  },
  {
    types: /^kubernetes:helm\.sh\/v3:Release$/,
    applies: ({ values }) => /"whenDeleted":"Retain"/.test(JSON.stringify(values ?? null)),
    finding: { by: "what it leaves", why: "its volumes would stay and cost" },
  },
];

function findings(resource: StateResource): Finding[] {
  const own: Finding[] = resource.protect === true ? [{ by: "Pulumi", why: "it is protected" }] : [];
  const rules = RULES.filter(({ types, applies }) => types.test(resource.type) && applies(resource.inputs ?? {}));
  return [...own, ...rules.map(({ finding }) => finding)];
}

/** Everything that holds something of this state, in its order; empty when all of it would go and leave nothing. */
export function holdsOf(resources: readonly StateResource[]): readonly Hold[] {
  return resources.flatMap((resource) =>
    findings(resource).map((finding) => ({
      urn: resource.urn,
      type: resource.type,
      name: nameOf(resource.urn),
      ...finding,
    })),
  );
}

/** One line for people. */
export function holdLine({ type, name, by, why }: Hold): string {
  return `${type.replace(/\/[^:]*:/, ":")} ${name}: ${by === "what it leaves" ? why : `${by} refuses, ${why}`}`;
}
