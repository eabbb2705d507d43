/** `fridayproof graph`. */
import * as path from "node:path";
import { Option } from "commander";
import {
  fromPlan,
  type GraphResource,
  type Level,
  resourcesOfPlanFile,
  resourcesOfState,
  saveGraph,
} from "@fridayproof/sandbox/graph";
import type { ProjectPaths } from "@fridayproof/sandbox/stacks";
import { addEmbeddedEngine, addStackOptions, type StackOptions } from "../context/options";
import { findProject } from "../context/project";
import { requireStack } from "../context/prerequisites";
import type { Verb } from "../context/verb";

interface GraphFlags extends StackOptions {
  readonly plan?: string;
  readonly out?: string;
  readonly level: Level;
}

/** Default file of the picture of a level. */
const fileOf = (stack: string, level: Level): string =>
  level === "component" ? `${stack}.svg` : `${stack}-resources.svg`;

/** The graph of --plan, else of the state, else of a preview. */
async function resourcesOf(flags: GraphFlags, project: ProjectPaths): Promise<readonly GraphResource[]> {
  if (flags.plan !== undefined) return resourcesOfPlanFile(flags.plan);
  const standing = resourcesOfState(project, flags.stack);
  if (standing !== undefined) return standing;
  requireStack(project, flags.stack);
  // Loaded late: the engine loads Pulumi's SDK, which takes a second and is not needed for a state.
  const { runEngine } = require("../stack/run") as typeof import("../stack/run");
  const { foundationBeneath } = require("../stack/foundation") as typeof import("../stack/foundation");
  const { stack, cwd, work } = flags;
  const run = { stack, cwd, work, policies: false };
  const beneath = foundationBeneath(run, (text) => process.stderr.write(text));
  const { plan, exitCode } = await runEngine(run, { operation: "preview", beneath });
  return exitCode === 0 ? fromPlan(plan) : [];
}

async function draw(flags: GraphFlags): Promise<void> {
  const project = findProject(flags);
  const resources = await resourcesOf(flags, project);
  if (resources.length === 0) return;
  const out = path.resolve(flags.out ?? path.join(project.root, "docs", "pictures", fileOf(flags.stack, flags.level)));
  await saveGraph(out, resources, `fridayproof ${flags.stack}`, flags.level);
  const more = flags.level === "component" ? " (--level resource draws every resource)" : "";
  console.log(`Drew ${path.relative(process.cwd(), out)}${more}`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEmbeddedEngine(addStackOptions(command))
    .option("--plan <file>", "draw a `preview --json` instead of the state")
    .addOption(
      new Option("--level <level>", "a box for each component, or for each resource")
        .choices(["component", "resource"])
        .default("component"),
    )
    .option("-o, --out <file>", "where to (default: docs/pictures/<stack>.svg, <stack>-resources.svg)")
    .action(draw);
};
