/** What `render` writes: everything below gitops/, once every spec can work, every undo goes to a release and no number of pods goes. */
import { addOnNamespaces } from "@fridayproof/components/core";
import type { RenderedApplications } from "../../cli/context/hook-types";
import { environments } from "../../stacks/environments/environments";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { renderedFiles, staleFiles } from "./applications";
import { checkNeighbours } from "./neighbours";
import { checkReplicas } from "./replicas";
import { checkUndos } from "./undo";

/** Plans it. @throws Error with what is wrong with a spec, or with what goes; the history is read only where the specs are right. */
export function renderedApplications(
  root: string,
  of: readonly EnvironmentInput[] = environments,
): RenderedApplications {
  const files = renderedFiles(root, of);
  checkNeighbours(root, of, addOnNamespaces);
  checkUndos(root, of);
  checkReplicas(root, files);
  return { files, stale: staleFiles(root, files) };
}
