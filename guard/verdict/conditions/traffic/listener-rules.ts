/** Rules of listeners: which requests they match, and which rule or action is next. */
import type { Resource } from "../../plans/change";
import { canonical } from "../../plans/difference";
import { isMap, isUnknown, listAt, numberAt, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named } from "../core/related";
import { sharesOf } from "./forwarding";
import { answer } from "./listeners";

const LISTENER = "aws:lb/listener:Listener";

function listenersOf({ index, resource }: Context): readonly Resource[] {
  return index.usedBy(resource.address, "listenerArn").filter(({ type }) => type === LISTENER);
}

/** Whether the plan has another rule of the same listener, which may match the requests before the default action. */
function hasOtherRule({ index, resource }: Context, listener: Resource): boolean {
  return index
    .usersOf(listener.address, resource.type)
    .some(({ address, operation }) => address !== resource.address && operation !== "delete");
}

/** Whether the default action of the listener serves the same, where no other rule is known. */
function nextServes(context: Context, listener: Resource): Outcome | undefined {
  const { resource } = context;
  const [own, other] = [sharesOf(resource.before), sharesOf(listener.after)];
  const [action, ...further] = listAt(listener.after, "defaultActions").filter(isMap);
  if (own.length > 0 && other.length > 0)
    // Further actions are logins: clients without one are refused.
    return further.length === 0 &&
      !hasOtherRule(context, listener) &&
      canonical(own) === canonical(other) &&
      !own.some(({ arn }) => isUnknown(arn))
      ? safe(`${listener.address} forwards to the same groups`)
      : undefined;
  return textAt(action, "type") === "fixed-response"
    ? downtime(`${listener.address} answers these requests with a fixed response`)
    : undefined;
}

/** Requests that a deleted rule no longer matches. */
function ruleGoes(context: Context): Outcome {
  const [listener] = listenersOf(context);
  if (listener?.operation === "delete") return safe("its listener is deleted too; see its own verdict");
  const next = listener === undefined ? undefined : nextServes(context, listener);
  return next ?? unknown(context.row.when);
}

const valuesOf = (values: Values | undefined): readonly string[] =>
  listAt(values, "conditions")
    .filter(isMap)
    .flatMap((condition) =>
      Object.entries(condition).flatMap(([name, value]) =>
        listAt({ value }, "value.values").map((each) => `${name} ${canonical(each)}`),
      ),
    );

/** Changed conditions of a rule: requests that it no longer matches, and requests that it newly matches. */
function conditionsChange(context: Context): Outcome {
  const { resource, row } = context;
  if (isUnknown(valueAt(resource.after, "conditions"))) return unknown(row.when);
  const [old, next] = [valuesOf(resource.before), valuesOf(resource.after)];
  const [listener] = listenersOf(context);
  const other = listener === undefined ? undefined : nextServes(context, listener);
  if (other?.verdict === "SAFE") return other;
  const lost = old.filter((value) => !next.includes(value));
  if (lost.length === 0) return unknown(`it matches requests of the rules below: ${row.when}`);
  return other?.verdict === "DOWNTIME" ? downtime(`${lost.join(", ")}: ${other.reason}`) : unknown(row.when);
}

/** Another priority: the order of the rules, and whether the priority is in use during the run. */
function priorityMoves(context: Context): Outcome {
  const { index, resource, row } = context;
  const listener = valueAt(resource.after, "listenerArn");
  const others = index
    .ofType(resource.type)
    .filter(
      ({ address, before, after }) =>
        address !== resource.address && valueAt(before ?? after, "listenerArn") === listener,
    );
  const at = ({ before, after }: Resource, isAfter: boolean): number | undefined =>
    numberAt(isAfter ? after : before, "priority");
  const next = at(resource, true);
  if (next === undefined) return unknown(row.when);
  const taken = others.filter((other) => at(other, false) === next);
  if (taken.length > 0)
    return degrades(`${named(taken)} has the number ${next} when the run starts: AWS may refuse it half way`);
  if (!index.plan.hasUnchanged || isUnknown(listener)) return unknown(row.when);
  const isBefore = (other: Resource, isAfter: boolean): boolean =>
    (at(other, isAfter) ?? 0) < (at(resource, isAfter) ?? 0);
  const passed = others.filter(
    (other) => other.operation === "none" && isBefore(other, true) !== isBefore(other, false),
  );
  return passed.length === 0 && others.length > 0 && others.every(({ operation }) => operation === "none")
    ? safe("it stays in the same order among the rules of this plan")
    : unknown(`${row.when} (${named(passed.length > 0 ? passed : others)})`);
}

/** A new rule of an existing listener. */
function ruleTakes(context: Context): Outcome {
  const { index, resource, row } = context;
  if (index.isNew(resource, "listenerArn")) return safe("its listener is new: nobody is served through it yet");
  const own = answer(context);
  if (own.verdict === "DOWNTIME") return downtime(`${row.when} ${own.reason}`);
  return unknown(row.when);
}

/** Conditions about listener rules. */
export const listenerRules: Conditions = {
  ruleTakes,
  ruleGoes,
  conditionsChange,
  priorityMoves,
};
