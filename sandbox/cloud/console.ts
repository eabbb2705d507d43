/** Changes to the account outside Pulumi, with the checks of the service's own console or API. */
import { parseUrn } from "@fridayproof/components/core";
import { CloudError } from "../protocol/provider";
import { EXIT_USAGE, UserError } from "../core/errors";
import { atOutputPath } from "../protocol/construction";
import { bracketFault, joinPath, parsePath, setAt, type Step } from "../property/paths";
import { classOf, nameOf } from "../property/urn";
import { equal, isObject, parseJson, type PropertyMap, type Value } from "../property/values";
import { Account, TOMBSTONE, type CloudObject } from "./account/account";
import { PENDING } from "./aws/object/side-effects";
import { awsPackage } from "./aws/package";
import { mismatches, schema } from "./aws/schema";
import { Cluster, CALLER_ADDRESS } from "./kubernetes/cluster";
import { RELEASE } from "./kubernetes/kinds";
import * as objects from "./kubernetes/objects";
import * as releases from "./kubernetes/release";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODES = "aws:eks/nodeGroup:NodeGroup";
/** Where services without a region are written. */
const GLOBAL_REGION = "us-east-1";
/** Such a change is drift until a refresh. */
const BEHIND = "The state still has what was there: `preview --refresh` shows the difference.";
/** Members of these may be called anything. */
const FREE = ["labels", "annotations", "tags", "data", "stringData", "binaryData", "matchLabels"];

/** `path=value`; a quoted member of the path may have a `=` of its own. */
const ASSIGNMENT = /^((?:\["(?:[^"\\]|\\.)*"\]|[^=])+)=(.*)$/s;

/** The hint at the name that a wrong one may be a slip of; nothing where it is none. */
export type SlipHint = (wrong: string, known: readonly string[]) => string;

/** How a name is looked up. */
export interface Lookup {
  /** Hint for a name that may be a slip of a known one. @default none */
  readonly slipHint?: SlipHint;
  /** The only stack whose objects are meant. @default every one */
  readonly stack?: string;
}

/**
 * The object that a URN or, where it is unique, a short logical name made.
 * @throws UserError naming all that match, or how to list what there is.
 */
export function objectNamed(account: Account, name: string, { slipHint, stack }: Lookup = {}): CloudObject {
  const [exact] = account.ownedBy(name).slice(-1);
  if (exact !== undefined) return exact;
  const owned = account.all().filter(({ urn }) => urn !== "" && (stack === undefined || stackOf(urn) === stack));
  const urns = new Set(owned.flatMap(({ urn }) => (nameOf(urn) === name ? [urn] : [])));
  const [urn, ...more] = urns;
  const [only] = urn === undefined ? [] : account.ownedBy(urn).slice(-1);
  if (only === undefined) {
    const hint = name.startsWith("urn:")
      ? " Did you forget to escape $ in your shell? The short name will do."
      : (slipHint?.(name, [...new Set(owned.map(({ urn }) => nameOf(urn)))]) ?? "");
    const where = stack === undefined ? "" : ` of stack ${stack}`;
    throw new UserError(
      `nothing in the account was made by ${name}${where}.${hint} \`fridayproof sandbox show --urns\` lists what was.`,
      EXIT_USAGE,
    );
  }
  if (more.length === 0) return only;
  throw new UserError(ambiguous(name, [...urns].sort()), EXIT_USAGE);
}

const stackOf = (urn: string): string | undefined => parseUrn(urn)?.stack;

/** The candidates, and what distinguishes them: the stack where each has another one. */
function ambiguous(name: string, urns: readonly string[]): string {
  const stacks = [...new Set(urns.map(stackOf))].sort();
  const how = stacks.length === urns.length ? `add --stack (${stacks.join(", ")}), or give` : "give";
  return `${name} is the name of ${urns.length} objects; ${how} the URN of one:\n${urns.join("\n")}`;
}

/**
 * Changes one property of an object.
 * @param assignment `path=value`, such as `defaultActions[0].forward.targetGroups[0].weight=0`; the value may be JSON.
 * @returns what to report. @throws UserError where there is no such path, or the value is of another type.
 */
export function tamperWith(account: Account, name: string, assignment: string, lookup: Lookup = {}): string {
  const [, path, text = ""] = ASSIGNMENT.exec(assignment) ?? [];
  if (path === undefined)
    throw new UserError(`write the change as path=value, such as tags.Owner=me; got ${assignment}`);
  const problem = bracketFault(path);
  if (problem !== undefined) throw new UserError(`${problem}. Nothing was changed.`);
  const object = objectNamed(account, name, lookup);
  const steps = parsePath(path);
  rejectUnknownPath(object, path, steps);
  const value = fittingValue(object, steps, text);
  const [top = ""] = steps;
  const put = (map: PropertyMap): PropertyMap => (top in map ? setAt(map, steps, value) : map);
  const isInput = top in object.inputs || schema().resources[object.type]?.inputs[top] !== undefined;
  account.put({
    ...object,
    inputs: isInput || !(top in object.outputs) ? setAt(object.inputs, steps, value) : object.inputs,
    outputs: put(object.outputs),
  });
  return `Changed ${path} of ${object.id} in ${object.scope}. ${BEHIND}`;
}

/** JSON where it is that, unless the property takes texts only. @throws UserError where neither fits. */
function fittingValue(object: CloudObject, steps: readonly Step[], text: string): Value {
  const parsed = parseJson(text);
  const candidates: Value[] = parsed === undefined ? [text] : [parsed, text];
  const members = schema().resources[object.type]?.inputs ?? {};
  const top = String(steps[0]);
  const faults = candidates.map((value) => {
    const { [top]: changed = null } = setAt(object.inputs, steps, value);
    return members[top] === undefined ? [] : mismatches({ [top]: changed }, { [top]: members[top] });
  });
  const fitting = candidates.find((_, index) => faults[index]?.length === 0);
  if (fitting !== undefined) return fitting;
  const [{ property, reason } = { property: top, reason: "unknown" }] = faults[0] ?? [];
  throw new UserError(`${property}: ${reason}. ${object.id} was not changed.`);
}

function rejectUnknownPath(object: CloudObject, path: string, steps: readonly Step[]): void {
  const spellsPath = equal(parsePath(steps.reduce<string>(joinPath, "")), [...steps]);
  if (spellsPath && steps.length > 0 && (isThere(object, steps) || mayBeAdded(object, steps))) return;
  // Names what stands where the path leaves the object: the whole of it may have hundreds of lines.
  for (let depth = steps.length - 1; depth >= 0; depth--) {
    const parent = steps.slice(0, depth).reduce<string>(joinPath, "");
    const values = [object.inputs, object.outputs].map((map) => (depth === 0 ? map : atOutputPath(map, parent)));
    const members = [...new Set(values.flatMap((value) => membersOf(value, parent)))].sort();
    if (members.length === 0) continue;
    throw new UserError(
      `${object.id} has no ${path}. What it has${depth === 0 ? "" : ` at ${parent}`}: ${members.join(", ")}`,
    );
  }
}

function membersOf(value: Value | undefined, parent: string): string[] {
  if (Array.isArray(value)) return value.map((_, index) => joinPath(parent, index));
  const keys = isObject(value) ? Object.keys(value) : [];
  return keys.filter((key) => !key.startsWith("__")).map((key) => joinPath(parent, key));
}

/** What an object may have though it has not: a property of its AWS type, a label, a tag. */
function mayBeAdded(object: CloudObject, steps: readonly Step[]): boolean {
  const [top] = steps;
  // A list is not lengthened by hand, and a map has no items.
  if (steps.some((step, index) => typeof step === "number" && !isThere(object, steps.slice(0, index + 1))))
    return false;
  const members = schema().resources[object.type]?.inputs;
  if (members === undefined) return FREE.includes(String(steps.at(-2))) && isThere(object, steps.slice(0, -2));
  if (typeof top !== "string" || !Object.hasOwn(members, top)) return false;
  // A member that the schema lacks is refused by it.
  const changed = setAt(object.inputs, steps, "");
  const failures = mismatches({ [top]: changed[top] ?? null }, { [top]: members[top] ?? "any" });
  return !failures.some(({ reason }) => reason.startsWith("unknown property"));
}

/** Whether the object has something at the path; the object itself is at the empty one. */
function isThere({ inputs, outputs }: CloudObject, steps: readonly Step[]): boolean {
  const path = steps.reduce<string>(joinPath, "");
  return [inputs, outputs].some((map) => atOutputPath(map, path) !== undefined);
}

/**
 * Deletes an object, with what the service takes along; a cluster's node groups, which EKS requires to go first, go before it.
 * @returns what to report. @throws UserError in the service's words where it refuses.
 */
export function deleteBehind(account: Account, name: string, lookup: Lookup = {}): string {
  const object = objectNamed(account, name, lookup);
  const before = account.all();
  try {
    deleteWhole(account, object);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    throw new UserError(`${object.id} was not deleted, as AWS would not delete it:\n${error.message}`);
  }
  const left = new Set(account.all().map(({ type, id, scope }) => `${type} ${id} ${scope}`));
  const along = before.filter(
    (other) =>
      other !== object &&
      ![TOMBSTONE, PENDING].includes(other.type) &&
      !left.has(`${other.type} ${other.id} ${other.scope}`),
  );
  return `Deleted ${object.id} in ${object.scope}${along.length === 0 ? "" : `, and with it ${counted(along)}`}. ${BEHIND}`;
}

/** A cluster's node groups go first, on a copy to begin with: where EKS then refuses the cluster, they stay. */
function deleteWhole(account: Account, object: CloudObject): void {
  const nodes = object.type === CLUSTER ? account.holding(NODES, "clusterName", object.id) : [];
  if (nodes.length > 0) {
    const trial = new Account(account.accountId, account.all());
    for (const one of [...nodes, object]) deleteOne(trial, one);
  }
  for (const one of [...nodes, object]) deleteOne(account, one);
}

function counted(removed: readonly CloudObject[]): string {
  const types = removed.map(({ type }) => classOf(type));
  const kinds = [...new Set(types)].sort();
  return kinds.map((kind) => `${types.filter((type) => type === kind).length} ${kind}`).join(", ");
}

function deleteOne(account: Account, object: CloudObject): void {
  const identity = { urn: object.urn, type: object.type, name: nameOf(object.urn) };
  if (object.type.startsWith("aws:")) {
    const region = object.scope === "global" ? GLOBAL_REGION : object.scope;
    awsPackage(account).configure({ region }).delete(identity, object);
    return;
  }
  const control = account.find(CLUSTER, object.scope.replace(/^cluster\//, ""));
  if (control === undefined) return account.remove(object);
  const cluster = new Cluster(account, control.outputs.endpoint, CALLER_ADDRESS);
  (object.type === RELEASE ? releases : objects).remove(identity, object.id, cluster);
}
