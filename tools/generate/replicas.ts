/** A fixed number of pods must not leave Git while Argo CD is its only owner: the workload would have one pod at once. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { type Problem, throwProblems } from "@fridayproof/components/core";
import type { PlannedFile } from "../../cli/context/hook-types";
import { workloadFiles, workloadIn } from "./releases";

/** The fixed number of pods in a workload's text; undefined where there is none. */
const replicasIn = (text: string): number | undefined => workloadIn(text)?.spec.replicas;

function problemOf(root: string, { file, text }: PlannedFile): readonly Problem[] {
  const full = path.join(root, file);
  if (!workloadFiles.some((name) => name === path.basename(file)) || !existsSync(full)) return [];
  const fixed = replicasIn(readFileSync(full, "utf8"));
  if (fixed === undefined || replicasIn(text) !== undefined) return [];
  const allowed = `${fixed}, as it stands there: without another owner of the number the workload has one pod at once`;
  const fix =
    "Give it one in each cluster, take the line out of that file, and render again: docs/how-to/change-capacity.md.";
  return [{ path: `${file}: spec.replicas`, got: undefined, allowed, fix }];
}

/**
 * Refuses files from which a fixed number of pods would go. Recorded on a real API server: `replicas` deleted from the
 * manifest under server-side apply made one pod of four before the autoscaler had written a number of its own.
 * @throws ProblemsError with each of them.
 */
export function checkReplicas(root: string, files: readonly PlannedFile[]): void {
  throwProblems(
    "gitops/",
    files.flatMap((file) => problemOf(root, file)),
  );
}
