/** `fridayproof graph`. */
import * as path from "node:path";
import { drawGraph } from "../../sandbox/display/graph/draw";
import { buildGraph } from "../../sandbox/display/graph/model";
import { fromPlan, fromState, type GraphResource } from "../../sandbox/display/graph/source";
import { writeAtomically } from "../../sandbox/storage/journaled-file";
import { addEmbeddedEngine, addStackOptions, type StackOptions } from "../context/options";
import { readPlan } from "../stack/plan";
import { findProject, type Project } from "../context/project";
import { requireStack } from "../context/rows";
import { hasState, readDeployment } from "../stack/state";
import type { Verb } from "../context/verb";

interface GraphFlags extends StackOptions {
  readonly plan?: string;
  readonly out?: string;
}

/** From a plan file, else from the state, else from a preview of what `up` would make. */
async function resourcesOf(flags: GraphFlags, project: Project): Promise<GraphResource[]> {
  if (flags.plan !== undefined) return fromPlan(readPlan(flags.plan));
  if (hasState(project, flags.stack)) return fromState(readDeployment(project, flags.stack));
  requireStack(project, flags.stack);
  // The engine loads Pulumi's SDK, a second that a picture of a state should not cost.
  const { runEngine } = require("../stack/run") as typeof import("../stack/run");
  const { foundationFirst } = require("../stack/foundation") as typeof import("../stack/foundation");
  const { stack, cwd, work } = flags;
  const run = { stack, cwd, work, policies: false };
  if (!(await foundationFirst(run))) return [];
  const { plan, exitCode } = await runEngine(run, { operation: "preview" });
  return exitCode === 0 ? fromPlan(plan) : [];
}

async function draw(flags: GraphFlags): Promise<void> {
  const project = findProject(flags);
  const resources = await resourcesOf(flags, project);
  if (resources.length === 0) return;
  const out = path.resolve(flags.out ?? path.join(project.root, "docs", "pictures", `${flags.stack}.svg`));
  writeAtomically(out, await drawGraph(buildGraph(resources), `fridayproof ${flags.stack}`));
  console.log(`Drew ${path.relative(process.cwd(), out)}`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEmbeddedEngine(addStackOptions(command))
    .option("--plan <file>", "draw a `preview --json` instead of the state")
    .option("-o, --out <file>", "where to (default: docs/pictures/<stack>.svg)")
    .action(draw);
};
