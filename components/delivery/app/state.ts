/** Files that an application writes: in a pod they are scratch, and everything that must stay is somewhere else. */
import type { Problem } from "../../core/checks";
import type { AppSpec } from "./spec";

/** Whole mebibytes or gibibytes above zero. */
export const SIZE = /^[1-9]\d*(Mi|Gi)$/;
/** Folders that the image and Kubernetes have: a volume over them hides what the process starts with. */
const TAKEN = /^\/(bin|dev|etc|lib|lib64|proc|sbin|sys|usr|var\/run\/secrets)(\/|$)/;

const volumeName = "scratch";

/** The volume of every pod that runs the application's image; none without scratch files. */
export function scratchVolumes({ state = "none" }: AppSpec) {
  return state === "none" ? {} : { volumes: [{ name: volumeName, emptyDir: { sizeLimit: state.size } }] };
}

/** Where its containers have it. */
export function scratchMounts({ state = "none" }: AppSpec) {
  return state === "none" ? {} : { volumeMounts: [{ name: volumeName, mountPath: state.scratch }] };
}

/** What a spec may not say about its files. */
export function stateProblems({ state = "none" }: AppSpec): Problem[] {
  if (state === "none") return [];
  const problems: Problem[] = [];
  if (!/^(\/[\w.-]+)+$/.test(state.scratch) || TAKEN.test(state.scratch) || /\/\.\.?(\/|$)/.test(state.scratch)) {
    const allowed = "the absolute path of a folder that is neither the system's nor Kubernetes'";
    problems.push({ path: "state.scratch", got: state.scratch, allowed, fix: `Write "/tmp", or a folder of its own.` });
  }
  if (!SIZE.test(state.size)) {
    const fix = `Write "64Mi": a pod that writes more is evicted, and a folder without a bound fills the node.`;
    problems.push({ path: "state.size", got: state.size, allowed: "a whole number with Mi or Gi", fix });
  }
  return problems;
}
