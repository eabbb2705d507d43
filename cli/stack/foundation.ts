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

/** The sentence, wrapped at the width of the stream. */
function inLines(text: string, stream: NodeJS.WriteStream): string {
  return `${wrapText(text, 0, terminalOn(stream, process.env).columns).join("\n")}\n`;
}

/** The project's foundation, where the stack needs it and the account lacks it. */
function missingFoundation(flags: EngineFlags): string | undefined {
  const project = findProject(flags);
  const { foundation } = readLayout(project.root);
  if (foundation === undefined || flags.stack === foundation || !isConfigured(project.root, foundation))
    return undefined;
  // The states of the real CLI are elsewhere: the account alone shows whether the foundation exists.
  const stands =
    flags.engine === "pulumi"
      ? readObjects(project.work).some(({ urn }) => parseUrn(urn)?.stack === foundation)
      : isComplete(project, foundation);
  return stands ? undefined : foundation;
}

/** For verbs that change nothing: the missing foundation, planned in memory beneath the stack, with a sentence about it. */
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
 * @param options `toStderr`: keeps standard output for the plan; `yes`: no prompt, and its plan is not shown.
 * @returns false when its update failed: no environment can be created without it.
 */
export async function foundationFirst(
  flags: EngineFlags,
  { toStderr = false, yes }: { readonly toStderr?: boolean; readonly yes: boolean },
): Promise<boolean> {
  requireStack(findProject(flags), flags.stack);
  const missing = missingFoundation(flags);
  if (missing === undefined) return true;
  // Before two hundred objects are created for an environment that cannot follow.
  checkPrerequisites(findProject(flags), flags.stack);
  const text = `The account has no foundation (roles, certificates, images, states): ${missing} comes up first.`;
  const stream = toStderr ? process.stderr : process.stdout;
  stream.write(inLines(text, stream));
  const { cwd, work, policyPack, parallel, policies, engine, quotas } = flags;
  const own = { cwd, work, policyPack, parallel, policies, engine, quotas, ...outagesOf(flags) };
  const foundation = { ...own, stack: missing };
  return (await runVerb(foundation, { operation: "update", planFirst: true, yes, brief: yes, toStderr })) === 0;
}
