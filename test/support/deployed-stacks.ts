/** The stacks that a merge deploys, in their order, as deploy.yml lists them. Other tests hold every list against this one. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { stackLists } from "../../tools/generate/pipeline-stacks";

const workflow = readFileSync(path.resolve(__dirname, "../../.github/workflows/deploy.yml"), "utf8");

/** The foundation first. */
export const deployedStacks: readonly string[] = stackLists(workflow)[0] ?? [];

/** The list as the workflow spells it. */
export const deployedStacksJson = `[${deployedStacks.map((stack) => `"${stack}"`).join(", ")}]`;
