/** Detects the format of a plan file, and reads it. */
import { verdictLimits } from "../../limits/verdict";
import type { Plan } from "./change";
import { afterValue, membersOf, parsed, type Span } from "./json-parts";
import { PlanError } from "./plan-error";
import { pulumiPlan } from "./pulumi";
import { withState } from "./pulumi-state";
import { terraformPlan } from "./terraform";
import { asUtf8 } from "./utf8";

const OPEN_MAP = 0x7b;
const PULUMI = "`pulumi preview --json > plan.json`";
const TERRAFORM = "`terraform plan -out=tfplan && terraform show -json tfplan > plan.json`";
const ACCEPTED_FORMATS = `It reads ${PULUMI} and ${TERRAFORM}.`;

function reject(message: string): never {
  throw new PlanError(`${message} ${ACCEPTED_FORMATS}`);
}

/** What stands before the first brace, by how it begins. */
function rejectBeginning(bytes: Buffer, start: number): never {
  const head = bytes.toString("latin1", start, start + 4);
  if (head === "") reject("The file is empty: not a plan.");
  if (head.startsWith("PK")) reject("This is Terraform's binary plan, not JSON: show it as JSON first.");
  if (head === "null") reject("The file holds null: not a plan. The command that wrote it found none.");
  if (/^[["\d-]|^true|^fals/.test(head)) reject("This JSON is not a plan: a plan is one object.");
  reject("This is not JSON, so not a plan in a format that is recognised.");
}

/** Two objects one after the other are a log of a run, not a plan. */
function rejectStream(bytes: Buffer, first: ReadonlyMap<string, Span>): never {
  if (first.has("@level"))
    reject(
      "This is the log of `terraform plan -json`, one object a line, a stream and not the plan: use `terraform show -json` on a saved plan.",
    );
  if (first.has("sequence") || first.has("timestamp"))
    reject(
      "This is a stream of engine events, one object a line, as `pulumi up --json` prints it: use `pulumi preview --json`.",
    );
  reject(`There is more than one JSON value in the file, which has ${bytes.length} bytes: a plan is one object.`);
}

function readDocument(bytes: Buffer, members: ReadonlyMap<string, Span>): Plan {
  const has = (...keys: readonly string[]): boolean => keys.some((key) => members.has(key));
  if (has("steps", "changeSummary") || (has("duration") && has("config"))) return pulumiPlan(bytes, members);
  if (has("resource_changes", "planned_values", "output_changes") || (has("format_version") && has("configuration")))
    return terraformPlan(bytes, members);
  if (has("deployment") || (has("version") && has("checkpoint")))
    reject("This is a state, as `pulumi stack export` writes it, not a preview: give it with --before, beside a plan.");
  if (has("serial", "lineage", "terraform_version", "values") || has("format_version"))
    reject("This is a state of Terraform, not a plan: it describes what exists, not what would change.");
  if (has("@level", "sequence")) rejectStream(bytes, members);
  reject("This object is neither a plan of Terraform nor a preview of Pulumi: no format that is recognised.");
}

/** The members of the one object in a file. */
function document(file: Buffer): { readonly bytes: Buffer; readonly members: ReadonlyMap<string, Span> } {
  const most = verdictLimits.planBytes.value;
  if (file.length > most)
    throw new PlanError(
      `the file has ${Math.ceil(file.length / 1e6)} MB; allowed: ${most / 1e6} MB. Plan parts of it, with targets, and check each.`,
    );
  const bytes = asUtf8(file);
  const start = bytes.findIndex((byte) => byte > 0x20);
  if (start < 0 || bytes[start] !== OPEN_MAP) {
    if (start >= 0 && bytes[start] === 0x5b) afterValue(bytes, start);
    rejectBeginning(bytes, Math.max(start, 0));
  }
  const { members, end } = membersOf(bytes, start);
  const rest = bytes.subarray(end).findIndex((byte) => byte > 0x20);
  if (rest >= 0) rejectStream(bytes, members);
  return { bytes, members };
}

/** Reads a plan, and the state before it where there is one. @throws PlanError with a sentence for everything that is no plan. */
export function readPlan(file: Buffer, before?: Buffer): Plan {
  const { bytes, members } = document(file);
  const plan = readDocument(bytes, members);
  if (before === undefined) return plan;
  const state = document(before);
  return withState(plan, Object.fromEntries([...state.members].map(([key, span]) => [key, parsed(state.bytes, span)])));
}
