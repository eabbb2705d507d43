/** Listeners and their actions. */
import { isMap, textAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named } from "../core/related";
import { actionsOf, forward, kindsOf, LOGS_IN } from "./forwarding";

/** Actions other than forwarding. */
export function answer(context: Context): Outcome {
  const { resource, row } = context;
  const types = kindsOf(resource.after);
  const login = types.find((type) => LOGS_IN.test(String(type)));
  if (login !== undefined && !kindsOf(resource.before).includes(login))
    return unknown(
      `${row.when} (${String(login)} comes first: clients that cannot log in, such as programs, are refused)`,
    );
  if (types.includes("fixed-response")) return downtime(`${row.when} (the action is a fixed response)`);
  const action = actionsOf(resource.after).find(isMap);
  if (types.includes("redirect"))
    return textAt(action, "redirect.protocol") === "HTTPS" && textAt(resource.after, "protocol") !== "HTTPS"
      ? degrades("plain HTTP is redirected to HTTPS: clients that do not follow a redirect, or resend a body, fail")
      : downtime(`${row.when} (the action is a redirect)`);
  return forward(context);
}

/** Conditions about listeners. */
export const listeners: Conditions = {
  weights: forward,
  forwardTo: forward,
  answer,
  /** With one action the order has no effect. */
  actionOrder: (context) => (kindsOf(context.resource.after).length > 1 ? answer(context) : safe(context.row.when)),
  listenerMoves: (context) => {
    const users = context.index.usersOf(context.resource.address);
    return unknown(`${context.row.when}${users.length > 0 ? ` (${named(users)} is on it)` : ""}`);
  },
};
