/** The foundation of the simulated account: brought up before the first environment that needs it. */
import { parseUrn } from "@fridayproof/components/core";
import { readObjects } from "@fridayproof/sandbox/account";
import { isComplete, isConfigured, readLayout } from "@fridayproof/sandbox/stacks";
import { terminalOn, wrapText } from "@fridayproof/sandbox/terminal";
import { runVerb } from "./engine";
import type { EngineFlags } from "../context/options";
import { outagesOf } from "../context/outage-options";
import { findProject } from "../context/project";
import { checkPrerequisites, requireStack } from "../context/prerequisites";

/** The sentence as lines that fit where it is written. */
function inLines(text: string, stream: NodeJS.WriteStream): string {
  return `${wrapText(text, 0, terminalOn(stream, process.env).columns).join("\n")}\n`;
}

/** The project's foundation, where the stack needs it and the account lacks it. */
function missingFoundation(flags: EngineFlags): string | undefined {
  const project = findProject(flags);
  const { foundation } = readLayout(project.root);
  if (foundation === undefined || flags.stack === foundation || !isConfigured(project.root, foundation))
    return undefined;
  // The real CLI keeps its states elsewhere: there only the account shows it.
  const stands =
    flags.engine === "pulumi"
      ? readObjects(project.work).some(({ urn }) => parseUrn(urn)?.stack === foundation)
      : isComplete(project, foundation);
  return stands ? undefined : foundation;
}

/** The foundation where it is missing beneath a stack that is only looked at, and a sentence about it. */
export function foundationBeneath(flags: EngineFlags, write: (text: string) => void): string | undefined {
  requireStack(findProject(flags), flags.stack);
  const missing = missingFoundation(flags);
  if (missing !== undefined)
    write(
      inLines(
        `The account has no foundation yet: ${missing} is planned in memory beneath ${flags.stack}, and nothing of it is kept.`,
        process.stderr,
      ),
    );
  return missing;
}

/**
 * Brings the foundation up where the account has nothing of it, and reports it.
 * @param options `toStderr`: standard output is for the plan alone; `yes`: no prompt, and its plan is not shown.
 * @returns false when it did not come up: then no environment can.
 */
export async function foundationFirst(
  flags: EngineFlags,
  { toStderr = false, yes }: { readonly toStderr?: boolean; readonly yes: boolean },
): Promise<boolean> {
  requireStack(findProject(flags), flags.stack);
  const missing = missingFoundation(flags);
  if (missing === undefined) return true;
  // Else two hundred objects are made before the environment turns out to lack something.
  checkPrerequisites(findProject(flags), flags.stack);
  const text = `The account has no foundation (roles, certificates, images, states): ${missing} comes up first.`;
  const stream = toStderr ? process.stderr : process.stdout;
  stream.write(inLines(text, stream));
  const { cwd, work, policyPack, parallel, policies, engine, quotas } = flags;
  const own = { cwd, work, policyPack, parallel, policies, engine, quotas, ...outagesOf(flags) };
  const foundation = { ...own, stack: missing };
  return (await runVerb(foundation, { operation: "update", planFirst: true, yes, brief: yes, toStderr })) === 0;
}
