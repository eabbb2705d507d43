/** Which applications the ApplicationSets of a stack's clusters generate: one for each folder that a Git generator finds. */
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { parseUrn } from "@fridayproof/components/core";
import { isObject, type PropertyMap } from "../../property/values";
import { valuesAt } from "../../property/paths";
import type { Account, CloudObject } from "../account/account";
import { CALLER_ADDRESS, Cluster } from "../kubernetes/cluster";

const APPLICATION_SET = "kubernetes:argoproj.io/v1alpha1:ApplicationSet";

/** An application as its ApplicationSet makes it. */
export interface Application {
  readonly name: string;
  /** Stack of the ApplicationSet. */
  readonly stack: string;
  readonly cluster: Cluster;
  /** Folder of its manifests, absolute and from the project root. */
  readonly folder: string;
  readonly shown: string;
  /** Whether the folders below are read too. */
  readonly recurse: boolean;
  /** Name of its project, and the namespace of projects. */
  readonly project: string;
  readonly projectsIn: string;
  /** Where its objects go that name no namespace. */
  readonly namespace: string;
  /** Name and address of its cluster, as the template has them. */
  readonly clusterName: string;
  readonly server: string;
}

/** The clusters that run Argo CD and have a node for it. */
function clusterOf(account: Account, { scope }: CloudObject): Cluster | undefined {
  const control = account.all("aws:eks/cluster:Cluster").find(({ id }) => `cluster/${id}` === scope);
  if (control === undefined) return undefined;
  const cluster = new Cluster(account, control.outputs.endpoint, CALLER_ADDRESS);
  return cluster.hasChart(["argo-cd"]) && cluster.cutOff() === undefined ? cluster : undefined;
}

/** A text of the template, with what the Git generator gives for a folder. Other parameters stay as they are. */
function filled(template: PropertyMap, at: string, folder: string): string {
  const [text] = valuesAt(template, at);
  const parameters = { "path.path": folder, "path.basename": path.posix.basename(folder) };
  return Object.entries(parameters).reduce(
    (now, [name, value]) => now.replaceAll(new RegExp(`\\{\\{\\s*\\.${name}\\s*\\}\\}`, "g"), value),
    typeof text === "string" ? text : "",
  );
}

/** Folders of a pattern whose last part is a star, from the root; others are left to Argo CD. */
function foldersOf(root: string, pattern: string): readonly string[] {
  if (!/^[\w./-]+\/\*$/.test(pattern)) return [];
  const parent = path.posix.dirname(pattern);
  const full = path.join(root, parent);
  if (!existsSync(full)) return [];
  const entries = readdirSync(full, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => `${parent}/${name}`).sort();
}

/** Every application of a stack, by cluster and name. @param root folder that stands for the Git repository. */
export function applicationsOf(account: Account, stack: string, root: string): readonly Application[] {
  const sets = account.all(APPLICATION_SET).filter(({ urn }) => parseUrn(urn)?.stack === stack);
  return sets.flatMap((set) => {
    const cluster = clusterOf(account, set);
    const [template] = valuesAt(set.inputs, "spec.template");
    if (cluster === undefined || !isObject(template)) return [];
    const patterns = valuesAt(set.inputs, "spec.generators.git.directories.path").map(String);
    return patterns
      .flatMap((pattern) => foldersOf(root, pattern))
      .map((folder) => ({
        name: filled(template, "metadata.name", folder),
        stack,
        cluster,
        folder: path.join(root, filled(template, "spec.source.path", folder)),
        shown: filled(template, "spec.source.path", folder),
        recurse: valuesAt(template, "spec.source.directory.recurse")[0] === true,
        project: filled(template, "spec.project", folder),
        projectsIn: String(valuesAt(set.inputs, "metadata.namespace")[0] ?? ""),
        namespace: filled(template, "spec.destination.namespace", folder),
        clusterName: filled(template, "spec.destination.name", folder),
        server: filled(template, "spec.destination.server", folder),
      }));
  });
}
