/** `fridayproof replica scale`: scales a replica from standby to the primary's size and back; updates only what differs. */
import { nameOf } from "@fridayproof/components/core";
import type { StateResource } from "@fridayproof/guard/protection";
import { strangerProblems } from "@fridayproof/guard/shift";
import { scaleText, scaleTimeOf } from "@fridayproof/guard/timeline";
import { UserError } from "@fridayproof/sandbox/errors";
import type { Plan } from "@fridayproof/sandbox/run";
import type { ProjectPaths } from "@fridayproof/sandbox/stacks";
import type { ScaleStep } from "../context/hook-types";
import { hooksOf } from "../context/hooks";
import { addApprovalOptions, addEngineOptions, type ApprovalFlags, type EngineFlags } from "../context/options";
import { findProject } from "../context/project";
import type { Verb } from "../context/verb";
import { runVerb } from "../stack/engine";
import { verdictOfPlan } from "../stack/plan-verdict";
import { withFiles } from "../stack/project-files";
import { refusalOf } from "../stack/refusal";
import { standingResources } from "../stack/stack-states";

interface ScaleFlags extends EngineFlags, ApprovalFlags {
  readonly to: string;
  readonly open?: boolean;
}

const headOf = ({ from, to, changes }: ScaleStep, place: string): string =>
  `${place}${from} → ${to}\n${changes.map((change) => `  ${change}\n`).join("")}`;

function timeOf({ steps }: Plan): string | undefined {
  const time = scaleTimeOf(steps.map((step) => ({ ...step })));
  return time && scaleText(time);
}

/** The steps of the request. */
function stepsOf({ stack, to, open }: ScaleFlags, project: ProjectPaths): readonly ScaleStep[] {
  const hook = hooksOf(project.root).replicaScale;
  if (hook === undefined) throw new UserError(`${project.root} has no replica: its hooks export no replicaScale.`);
  try {
    return hook({ stack, to, open: open === true }, project);
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}

/** Those that the step names, and what stands of the kinds that it names. */
function targetsOf({ targets, targetTypes }: ScaleStep, standing: readonly StateResource[]): readonly string[] {
  const kinds = standing.filter(({ type }) => targetTypes.includes(type));
  return [...targets, ...kinds.map(({ urn }) => nameOf(urn))];
}

async function scale({ to, open, ...flags }: ScaleFlags): Promise<void> {
  const { stack, yes } = flags;
  const project = findProject(flags);
  const steps = stepsOf({ ...flags, to, open }, project);
  if (steps.length === 0) return void process.stdout.write(`${stack} has that size already: nothing was changed.\n`);
  for (const [index, step] of steps.entries()) {
    const resources = await standingResources(flags);
    process.stdout.write(headOf(step, steps.length > 1 ? `step ${index + 1} of ${steps.length}: ` : ""));
    const target = targetsOf(step, resources);
    const problemsOf = (plan: Plan) => strangerProblems(verdictOfPlan(plan, resources), target);
    const reject = (plan: Plan) =>
      refusalOf(`the scaling of ${stack}`, problemsOf(plan), "Nothing was changed by this step.");
    const request = { operation: "update", planFirst: true, yes, reject, time: timeOf } as const;
    const update = () => runVerb({ ...flags, target }, request);
    const code = await withFiles(project.root, step.files, update);
    if (code !== 0) return;
  }
  const last = steps.at(-1);
  const files = (last?.files ?? []).map(({ file }) => file).join(" and ");
  const opened = last?.to === "open" ? "" : `${stack} returns 503 at its health check: nothing fails over to it.\n`;
  process.stdout.write(`${stack}: ${steps[0]?.from} → ${last?.to}. ${files} have it too: commit them.\n${opened}`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  const own = command.command("scale").description("scale from standby to the primary's size, or back");
  addApprovalOptions(addEngineOptions(own))
    .requiredOption("--to <size>", "standby, or the primary's name")
    .option("--open", "as the last step, return 200 at the health check: Route 53 may route clients here")
    .action((flags: ScaleFlags) => scale(flags));
  own.setOptionValue("stack", "replica");
};
