/** Reads what `pulumi stack export` writes: the sandbox keeps its states in the same form, deployment version 3. */
import { parseUrn } from "@fridayproof/components/core";
import { parityLimits } from "../limits/parity";
import { asUtf8 } from "../verdict/plans/utf8";
import { isMap, type Values } from "../verdict/plans/values";
import { ParityError } from "./parity-error";

/** A resource as a state has it; other members are options of it. */
export interface StateRow extends Values {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
}

/** A state that can be compared. */
export interface StackState {
  /** Name of the stack, from its URNs. */
  readonly stack: string;
  readonly project: string;
  readonly resources: readonly StateRow[];
  /** Operations that were under way when the state was written: what came of them, it does not say. */
  readonly pending: number;
}

/** The one version that is read. */
const VERSION = 3;
const EXPORT = "Write it with `pulumi stack export --show-secrets > state.json`.";

/** The file's JSON, not checked any further: whoever can open its secrets does so before `stateOf`. @throws ParityError */
export function readDocument(file: Buffer): unknown {
  const most = parityLimits.stateBytes.value;
  if (file.length > most)
    throw new ParityError(
      `the file has ${Math.ceil(file.length / 1e6)} MB; allowed: ${most / 1e6} MB. It is more than one stack's state.`,
    );
  const text = asUtf8(file).toString("utf8");
  if (text.trim() === "") throw new ParityError(`the file is empty. ${EXPORT}`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // The parser's own message repeats a part of the text, which may be a secret.
    const isCut = error instanceof SyntaxError && /end of JSON input|Unterminated/.test(error.message);
    throw new ParityError(
      isCut
        ? `the JSON ends too early: the file is incomplete, as after a full disk or a broken pipe. ${EXPORT}`
        : `this is not JSON, so no state. ${EXPORT}`,
    );
  }
}

/** What the object is instead of a state. */
function refuseOther(document: Values): never {
  const is = (...keys: readonly string[]): boolean => keys.some((key) => key in document);
  if (is("steps", "changeSummary")) throw new ParityError(`this is a preview, not a state. ${EXPORT}`);
  if (is("checkpoint"))
    throw new ParityError(`this is a checkpoint of a backend's own, not an exported state. ${EXPORT}`);
  if (is("lineage", "terraform_version", "format_version"))
    throw new ParityError("this is a file of Terraform; states of Pulumi are compared.");
  throw new ParityError(`the object has no deployment, so it is no state. ${EXPORT}`);
}

function rowsOf(deployment: Values): readonly StateRow[] {
  const rows = deployment["resources"];
  if (rows === undefined || (Array.isArray(rows) && rows.length === 0))
    throw new ParityError("the state has no resources: the stack does not stand. Bring it up first.");
  if (!Array.isArray(rows)) throw new ParityError(`deployment.resources is no list. ${EXPORT}`);
  rows.forEach((row: unknown, index) => {
    const urn = isMap(row) ? row["urn"] : undefined;
    if (typeof urn !== "string" || parseUrn(urn) === undefined)
      throw new ParityError(`deployment.resources[${index}].urn is no URN: the state is damaged. ${EXPORT}`);
    if (typeof (row as Values)["type"] !== "string")
      throw new ParityError(`deployment.resources[${index}].type is no text: the state is damaged. ${EXPORT}`);
    for (const member of ["inputs", "outputs"])
      if ((row as Values)[member] !== undefined && !isMap((row as Values)[member]))
        throw new ParityError(`deployment.resources[${index}].${member} is no map: the state is damaged. ${EXPORT}`);
  });
  return rows as readonly StateRow[];
}

/** Reads a parsed state. @throws ParityError with a sentence for everything that is none; its text is never repeated. */
export function stateOf(document: unknown): StackState {
  if (!isMap(document)) throw new ParityError(`this JSON is no object, so no state. ${EXPORT}`);
  const { deployment, version } = document;
  if (!isMap(deployment)) refuseOther(document);
  if (version !== VERSION)
    throw new ParityError(
      `the state has version ${JSON.stringify(version) ?? "undefined"}; allowed: ${VERSION}. What another version means by its members is not known here.`,
    );
  const resources = rowsOf(deployment);
  const stacks = new Set(resources.map(({ urn }) => parseUrn(urn)?.stack ?? ""));
  if (stacks.size > 1)
    throw new ParityError(
      `the state names more than one stack (${[...stacks].sort().join(", ")}): it was put together by hand.`,
    );
  const { stack = "", project = "" } = parseUrn(resources[0]?.urn ?? "") ?? {};
  const pending = deployment["pending_operations"];
  return { stack, project, resources, pending: Array.isArray(pending) ? pending.length : 0 };
}
