/** What the real CLI's backend has of each stack: the CLI manages its states itself. */
import type { ProjectPaths } from "../project/project-paths";
import type { Value } from "../property/values";
import { resourcesOf, type StackStates } from "../state/state-reader";
import { exportStack, openBackend, stackOutputs, stacksIn } from "./workspace";

/** Calls the CLI anew each time. */
export function backendStates(project: ProjectPaths): StackStates {
  const names = async (): Promise<readonly string[]> => stacksIn(await openBackend(project));
  return {
    names,
    resources: async (stack) => {
      if (!(await names()).includes(stack)) return [];
      return resourcesOf((await exportStack(await openBackend(project), stack)) as Value);
    },
    outputs: async (stack) => stackOutputs(await openBackend(project), stack),
  };
}
