/** The lock file, read once and typed: every version that the platform installs comes through here. */
import { type Problem, ProblemsError, throwProblems } from "@fridayproof/components/core";
import { z } from "zod";
import lockFile from "../env.lock.json";
import { schemaProblems } from "./schema-problems";

const FILE = "stacks/env.lock.json";

/** What stands in place of an unproven version; nothing may be installed by it. */
export const UNRESOLVED = "unresolved";

/**
 * How well a version is known: listed by its owner, seen in public configurations of running clusters, or not at all.
 */
const proof = z.enum(["published", "observed", UNRESOLVED]);
const origin = {
  proof,
  /** Where its owner lists it. */
  source: z.url(),
  /** Where it was seen, when that is not its owner's list. */
  seen: z.url().optional(),
  date: z.iso.date(),
};
const addon = z.strictObject({ version: z.string(), ...origin });
const day = z.union([z.iso.date(), z.literal(UNRESOLVED)]);

const kubernetes = z.strictObject({
  standardSupportEnds: day,
  extendedSupportEnds: day,
  ...origin,
  ami: z.strictObject({ release: z.string(), ...origin }),
  /** The kubectl of the nodes' release, whose image a Job of the teardown runs. */
  kubectl: z.strictObject({ version: z.string(), digest: z.string(), ...origin }),
  autoscaler: z.strictObject({ image: z.string(), ...origin }),
  addons: z.strictObject({
    "vpc-cni": addon,
    "kube-proxy": addon,
    "eks-pod-identity-agent": addon,
    coredns: addon,
    "aws-ebs-csi-driver": addon,
  }),
});

const chart = z.strictObject({
  chart: z.string(),
  repository: z.string(),
  version: z.string(),
  appVersion: z.string(),
  release: z.string(),
  namespace: z.string(),
  digest: z.string(),
  source: z.url(),
  date: z.iso.date(),
});

/** A Go program that tests run: of the major that the charts deploy, so that a query is run by what will run it in the cluster. */
const tool = z.strictObject({ module: z.string(), package: z.string(), version: z.string(), ...origin });

/** One that takes minutes to build: only the run that needs it builds it. */
const slowTool = tool.extend({ onRequest: z.literal(true) });

/** One that our own files are built into, laid over the module's. */
const ownTool = slowTool.extend({ sources: z.string() });

/** One that cannot be built from its own module: from a folder of ours whose go.mod names it, with every module that it needs. */
const workspaceTool = slowTool.extend({ workspace: z.string() });

const lockSchema = z.strictObject({
  asOf: z.iso.date(),
  /** What the words in `proof` mean. */
  proofs: z.record(proof, z.string()),
  kubernetes: z.record(z.string(), kubernetes),
  charts: z.record(z.string(), chart),
  /** Engine versions of databases, by the major version. */
  databases: z.strictObject({ "aurora-postgresql": z.record(z.string(), addon) }),
  tools: z.strictObject({
    ...{ promtool: tool, amtool: tool, rollouts: ownTool },
    ...{ etcd: workspaceTool, "kube-apiserver": workspaceTool, "kube-controller-manager": workspaceTool },
    ...{ "rollouts-controller": slowTool, prometheus: slowTool },
  }),
});

/** The lock file's content. */
export type Lock = z.infer<typeof lockSchema>;

/** A chart's entry. */
export type LockedChart = z.infer<typeof chart>;

/** An EKS add-on that has a entry per Kubernetes minor. */
export type LockedAddon = keyof Lock["kubernetes"][string]["addons"];

/** What a cluster of one Kubernetes minor is made of. */
export interface ClusterVersions {
  readonly kubernetes: string;
  /** The nodes' minor: the cluster's own, or on the way back the one before. */
  readonly nodes: string;
  readonly amiRelease: string;
  /** Image of the nodes' kubectl, by its digest too where that is known. */
  readonly kubectlImage: string;
  /** Image tag of Cluster Autoscaler, of the same minor. */
  readonly autoscalerImage: string;
  readonly addons: Readonly<Record<LockedAddon, string>>;
}

/**
 * The lock file as data.
 * @throws ProblemsError listing every entry that is not of the right form.
 */
export function readLock(content: unknown = lockFile): Lock {
  const parsed = lockSchema.safeParse(content, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new ProblemsError(FILE, schemaProblems(parsed.error, "Correct the entry, or restore the file from git."));
}

/**
 * Versions of a slot. What runs beside the kubelet is of the nodes' minor.
 * @param kubernetesVersion of the control plane.
 * @param nodes minor of the nodes.
 * @throws ProblemsError when a minor has no entries, or listing every version that is still unresolved.
 */
export function slotVersions(
  lock: Lock,
  kubernetesVersion: string,
  nodes: string = kubernetesVersion,
): ClusterVersions {
  const versions = clusterVersions(lock, kubernetesVersion);
  if (nodes === kubernetesVersion) return versions;
  const { amiRelease, kubectlImage, addons } = clusterVersions(lock, nodes);
  return {
    ...versions,
    nodes,
    amiRelease,
    kubectlImage,
    addons: { ...versions.addons, "kube-proxy": addons["kube-proxy"] },
  };
}

/** The Kubernetes project publishes an image for each of its releases. */
function kubectlImage({ version, digest }: Lock["kubernetes"][string]["kubectl"]): string {
  return `registry.k8s.io/kubectl:v${version}${digest === UNRESOLVED ? "" : `@${digest}`}`;
}

/**
 * Versions for a Kubernetes minor.
 * @throws ProblemsError when the minor has no entries, or listing every version that is still unresolved.
 */
export function clusterVersions(lock: Lock, kubernetesVersion: string): ClusterVersions {
  const entries = lock.kubernetes[kubernetesVersion];
  if (entries === undefined) {
    const allowed = Object.keys(lock.kubernetes).join(", ");
    const fix =
      "Use a locked minor, or add its entries with a source each: `npx fridayproof lock --update` prints the commands that look entries up.";
    throw new ProblemsError(FILE, [{ path: "kubernetes", got: kubernetesVersion, allowed, fix }]);
  }
  const addons = Object.entries(entries.addons).map(([name, entry]) => [name, entry.version] as const);
  const all = [
    ...addons.map(([name, version]) => [`addons.${name}.version`, version] as const),
    ["ami.release", entries.ami.release] as const,
    ["autoscaler.image", entries.autoscaler.image] as const,
  ];
  throwProblems(
    FILE,
    all.flatMap(([path, version]): Problem[] =>
      version === UNRESOLVED
        ? [
            {
              path: `kubernetes.${kubernetesVersion}.${path}`,
              got: version,
              allowed: "a version that its owner lists",
              fix: "Run `npx fridayproof lock --update`: it prints the command that looks this entry up. Write version, source and date down, or stay on another minor.",
            },
          ]
        : [],
    ),
  );
  return {
    kubernetes: kubernetesVersion,
    nodes: kubernetesVersion,
    amiRelease: entries.ami.release,
    kubectlImage: kubectlImage(entries.kubectl),
    autoscalerImage: entries.autoscaler.image,
    addons: Object.fromEntries(addons) as ClusterVersions["addons"],
  };
}

/**
 * The entry of a chart.
 * @throws ProblemsError when there is none.
 */
export function lockedChart(lock: Lock, name: string): LockedChart {
  const entry = lock.charts[name];
  if (entry !== undefined) return entry;
  const allowed = Object.keys(lock.charts).join(", ");
  throw new ProblemsError(FILE, [{ path: "charts", got: name, allowed, fix: "Add the chart's entry." }]);
}

/**
 * Engine version of a database, for a major version of PostgreSQL.
 * @throws ProblemsError when the major version has no entry.
 */
export function databaseVersion(lock: Lock, major: string): string {
  const entries = lock.databases["aurora-postgresql"];
  const entry = entries[major];
  if (entry !== undefined) return entry.version;
  const allowed = Object.keys(entries).join(", ");
  const fix = "Use a locked major version, or add its entry with a source.";
  throw new ProblemsError(FILE, [{ path: "databases.aurora-postgresql", got: major, allowed, fix }]);
}
