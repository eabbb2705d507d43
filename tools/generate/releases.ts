/** Releases of an application, read from Git: which image its rendered workload had, commit by commit. */
import { execFileSync } from "node:child_process";
import { undoAnnotation } from "@fridayproof/components/plan";
import { parse } from "yaml";

/** Commits in a row that render one image of an application. */
export interface Release {
  /** The newest of them: how it stood last. */
  readonly commit: string;
  readonly image: string;
  /** The rendered workload of that commit. */
  readonly workload: Workload;
  /** Digest that it took back; absent for a release of its own. */
  readonly undoOf?: string;
}

/** What is read of a rendered workload. */
export interface Workload {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    /** Where the number is fixed. */
    readonly replicas?: number;
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
}

/** Files that a workload stands in, by strategy. */
export const workloadFiles = ["rollout.yaml", "deployment.yaml"] as const;

/** Room for what Git prints: a spec, or the names of all commits. */
const MOST_BYTES = 67_108_864;

/** Runs Git in a folder. @throws Error with what Git said. */
export function git(root: string, args: readonly string[], input = ""): string {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: MOST_BYTES, input, stdio: "pipe" });
  } catch (error) {
    // Without Git itself, or without the folder, nothing was printed: null.
    const { stderr, message } = error as Error & { readonly stderr?: string | null };
    throw new Error(`git ${args[0]} failed in ${root}: ${(stderr || message).split("\n")[0]}`);
  }
}

/** What Git prints of a list of objects, one after the other: a line about each, then its text. */
function* objectsIn(printed: Buffer): Iterable<string | undefined> {
  for (let at = 0; at < printed.length;) {
    const end = printed.indexOf("\n", at);
    const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(printed.toString("utf8", at, end)) ?? [];
    at = end + 1;
    if (size === undefined) yield undefined;
    else {
      yield printed.toString("utf8", at, at + Number(size));
      at += Number(size) + 1;
    }
  }
}

/** Files as they were, by their paths from the root, in one process; undefined where that commit has none. */
export function filesAt(
  root: string,
  blobs: readonly { readonly commit: string; readonly file: string }[],
): readonly (string | undefined)[] {
  const names = blobs.map(({ commit, file }) => `${commit}:./${file}\n`).join("");
  const printed = git(root, ["cat-file", "--batch"], names);
  return [...objectsIn(Buffer.from(printed))];
}

const IMAGE = ["spec", "template", "spec", "containers", 0, "image"] as const;

/** The workload of a file; undefined for a text that Argo CD could not have applied: it was no release. */
export function workloadIn(text: string): Workload | undefined {
  let parsed: unknown;
  try {
    parsed = parse(text);
  } catch {
    return undefined;
  }
  const image = IMAGE.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
    parsed,
  );
  return typeof image === "string" ? (parsed as Workload) : undefined;
}

/**
 * The releases of an application in an environment, newest first. Merges count as one commit, as Argo CD sees them.
 * @throws Error where the root is in no Git repository, or has no commit.
 */
export function releasesOf(root: string, environment: string, application: string): readonly Release[] {
  const folder = `gitops/${environment}/${application}`;
  const files = workloadFiles.map((name) => `${folder}/${name}`);
  const log = git(root, ["log", "--first-parent", "--format=%H", "HEAD", "--", ...files]).split("\n");
  const blobs = log.filter((each) => each !== "").flatMap((commit) => files.map((file) => ({ commit, file })));
  const releases: Release[] = [];
  for (const [index, text] of filesAt(root, blobs).entries()) {
    const commit = blobs[index]?.commit;
    if (text === undefined || commit === undefined) continue;
    const workload = workloadIn(text);
    const image = workload?.spec.template.spec.containers[0]?.image;
    if (workload === undefined || image === undefined) continue;
    const undoOf = workload.metadata?.annotations?.[undoAnnotation];
    const last = releases.at(-1);
    if (last?.image === image && last.undoOf === undoOf) continue;
    releases.push({ commit, image, workload, ...(undoOf !== undefined && { undoOf }) });
  }
  return releases;
}
