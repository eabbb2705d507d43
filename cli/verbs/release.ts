/** `fridayproof release plan`: the timetable of a release of an application. */
import { clock } from "@fridayproof/components/core";
import { UserError } from "@fridayproof/sandbox/errors";
import { Option } from "commander";
import type { ReleasePlan } from "../context/hook-types";
import { hooksOf } from "../context/hooks";
import { addFolderOptions } from "../context/options";
import { findProject, type Folders } from "../context/project";
import type { Verb } from "../context/verb";
import { timetablePicture } from "../release/picture";

interface PlanFlags extends Folders {
  readonly json?: boolean;
  readonly svg?: boolean;
}

type TimetableRow = ReleasePlan["timetable"]["rows"][number];
type Outcome = ReleasePlan["outcomes"][number];
type Detection = ReleasePlan["detections"][number];

const SECONDS_PER_MINUTE = 60;
const PERCENT = 100;
/** Widths of the columns time, share and pods. */
const [TIME, WEIGHT, PODS] = [8, 7, 12];

function rowLine({ what, weight, pods, ends, gates }: TimetableRow): string {
  const times = [ends.soonest, ends.latest].map((end) => clock(end).padStart(TIME)).join("");
  const share = `${weight} %`.padStart(WEIGHT);
  const counts = `${pods.new} + ${pods.old}`.padStart(PODS);
  return `${times}${share}${counts}   ${what}${gates.length > 0 ? `: ${gates.join(", ")}` : ""}`;
}

const percent = (ratio: number): string => `${(ratio * PERCENT).toFixed(1)} %`;

function detectionLine({ weight, falseAlarm, seen, seenAfter }: Detection): string {
  const after = seenAfter === undefined ? "" : `, half of the time within ${seenAfter} s`;
  return `  at ${weight} %: detected in ${percent(seen)} of releases${after}; a good version is rolled back in ${percent(falseAlarm)}`;
}

/** `3 s`, `10:33`, or `5:00-5:33` where soonest and latest differ by more than the controller's own time. */
function spanOf({ soonest, latest }: Outcome["within"]): string {
  const written = (seconds: number): string => (seconds < SECONDS_PER_MINUTE ? `${seconds} s` : clock(seconds));
  return soonest === 0 ? `within ${written(latest)}` : `after ${written(soonest)} to ${written(latest)}`;
}

const outcomeLine = ({ when, then, within }: Outcome): string => `  ${when}: ${spanOf(within)} ${then}`;

function planText(application: string, { timetable, outcomes, detections, warnings }: ReleasePlan): string {
  const head = `${"soonest".padStart(TIME)}${"latest".padStart(TIME)}${"users".padStart(WEIGHT)}${"new + old".padStart(PODS)}   what`;
  const { liveBy, wayBack, undo } = timetable;
  const [kind, version, old] =
    undo === true
      ? ["Undo", "version that returns", "pods of the version that is taken back"]
      : ["Release", "new version", "old pods"];
  return [
    `${kind} of ${application}, counted from the merge. Arithmetic over the limits: SIMULATED, nothing was run.`,
    head,
    ...timetable.rows.map(rowLine),
    `First users on the ${version} by ${clock(liveBy)} at the latest.`,
    ...(wayBack > 0 ? [`The ${old} stay for ${clock(wayBack)} after the last step.`] : []),
    ...(outcomes.length > 0 ? ["What else may happen:", ...outcomes.map(outcomeLine)] : []),
    ...(detections.length > 0 ? ["A bug that fails one request in ten:", ...detections.map(detectionLine)] : []),
    ...warnings.map((warning) => `warning: ${warning}`),
  ].join("\n");
}

/** @throws UserError where the project has no such application, or its spec cannot work. */
function planOf(application: string, { json, svg, ...folders }: PlanFlags): void {
  const project = findProject(folders);
  const { releasePlan } = hooksOf(project.root);
  if (releasePlan === undefined)
    throw new UserError(`${project.root} has no applications: its hooks export no releasePlan.`);
  let plan: ReleasePlan;
  try {
    plan = releasePlan(application, project);
  } catch (error) {
    throw error instanceof Error ? new UserError(error.message) : error;
  }
  if (json === true) process.stdout.write(`${JSON.stringify({ application, ...plan }, undefined, 2)}\n`);
  else if (svg === true) process.stdout.write(timetablePicture(application, plan.timetable));
  else process.stdout.write(`${planText(application, plan)}\n`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  const plan = command.command("plan <application>").description("its timetable, and what its gates measure");
  addFolderOptions(plan)
    .option("--json", "print the plan as JSON")
    .addOption(new Option("--svg", "print the timetable as a picture").conflicts("json"))
    .action(planOf);
};
