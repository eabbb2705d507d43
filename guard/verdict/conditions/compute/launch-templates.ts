/** Launch templates and launch configurations. */
import { changes } from "../../plans/plan-index";
import { valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, type Outcome, safe } from "../core/condition";
import { named, usersOf } from "../core/related";

function templateVersion(context: Context): Outcome {
  const users = usersOf(context);
  const staying = users.filter((user) => !changes(user));
  const latest = staying.filter((user) =>
    /latest|default/i.test(String(valueAt(user.after, "launchTemplate.version") ?? "$Default")),
  );
  if (latest.length > 0) return degrades(`${context.row.when} (${named(latest)} uses it for its next instance)`);
  if (users.length === 0) return degrades(`${context.row.when} (which group uses it is not in this plan)`);
  return safe("it is a new version of the template; the update of a group is a separate step");
}

function templateDeleted(context: Context): Outcome {
  const users = usersOf(context);
  const kept = context.index.keepersOf(context.resource.address);
  return users.length > 0 && kept.length === 0
    ? safe(`${named(users)} is deleted too, or stops using it in this run`)
    : degrades(context.row.when);
}

/** Conditions about launch templates. */
export const launchTemplates: Conditions = {
  templateVersion,
  templateDeleted,
};
