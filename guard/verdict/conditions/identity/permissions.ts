/** Permissions of roles, users, service accounts and callers. */
import type { Resource } from "../../plans/change";
import { changes } from "../../plans/plan-index";
import { isAbsent, isUnknown, listAt, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { setChange } from "../core/lists";
import { named, isNotDeleted, equalsOf, usersOf } from "../core/related";
import { policyNarrower } from "./policy-documents";

const FUNCTION = "aws:lambda/function:Function";

const POLICY = "aws:iam/policy:Policy";

const STS = "sts.amazonaws.com";

/** Tokens for an audience that is no longer in the list. */
function audiences({ resource, row }: Context): Outcome | undefined {
  const [old, next] = [listAt(resource.before, "clientIdLists"), listAt(resource.after, "clientIdLists")];
  const lost = old.filter((audience) => !next.includes(audience));
  if (lost.includes(STS))
    return downtime(`${STS} is removed, which every pod with a role of its own uses: ${row.when}`);
  return lost.length > 0 ? degrades(row.when) : undefined;
}

/** Credentials of pods that start later: whether another association serves the same service account. */
function identityGoes(context: Context): Outcome {
  const { resource, row } = context;
  const twins = equalsOf(context, ["clusterName", "namespace", "serviceAccount"]);
  if (twins.length > 0) return degrades(`${named(twins)} is for the same account: ${row.when}`);
  return textAt(resource.before, "serviceAccount") === undefined ? unknown(row.when) : downtime(row.when);
}

/** Properties that limit the callers and the called function. */
const CALLER_PROPERTIES = [
  ...["function", "functionName", "qualifier", "principal", "principalOrgId", "action"],
  ...["sourceArn", "sourceAccount", "eventSourceToken", "functionUrlAuthType"],
];

/** Calls that only this permission allows. */
function permissionGoes(context: Context): Outcome {
  const { index, resource, row } = context;
  const functions = index.usedBy(resource.address).filter(({ type }) => type === FUNCTION);
  if (functions.length > 0 && !functions.some(isNotDeleted))
    return safe(`${named(functions)} is deleted too; see its own verdict`);
  const twins = equalsOf(context, CALLER_PROPERTIES);
  return twins.length > 0
    ? safe(`${named(twins)} allows the same caller`)
    : downtime(`${String(valueAt(resource.before, "principal") ?? "its caller")} can no longer call: ${row.when}`);
}

/** An exclusive list of policies: policies that were attached elsewhere are detached with its first entry. */
function completeList(context: Context): Outcome {
  const change = setChange(context);
  if (change === undefined || isAbsent(context.before)) return unknown(context.row.when);
  return change.lost === 0 ? safe("the list only grows") : unknown(context.row.when);
}

function boundary({ before, after, row }: Context): Outcome | undefined {
  return !isAbsent(before) && isAbsent(after) ? undefined : unknown(row.when);
}

/** A deleted policy: AWS refuses it while it is attached. */
function attachedGoes(context: Context): Outcome {
  const users = usersOf(context);
  const left = users.filter((user) => isNotDeleted(user) && !changes(user));
  if (left.length > 0)
    return degrades(`AWS refuses it while ${named(left)} uses it: the run fails half way. ${context.row.when}`);
  return users.length > 0 && users.every((user) => !isNotDeleted(user))
    ? safe(`${named(users)} is deleted first; see its own verdict`)
    : unknown(context.row.when);
}

/** Another policy, or another role, in place of the old pair. */
function attachmentMoves(context: Context): Outcome {
  const { index, resource, row } = context;
  const same = (path: string): boolean =>
    !isUnknown(valueAt(resource.after, path)) && valueAt(resource.before, path) === valueAt(resource.after, path);
  if (same("role") && same("policyArn"))
    return downtime(`the same pair: the deletion at the end removes it. ${row.when}`);
  if (!same("role")) return unknown(row.when);
  const policy = (side: "before" | "after"): Resource | undefined =>
    index.ofType(POLICY).find(({ before, after }) => {
      const arn = (before ?? after)?.["arn"];
      return arn !== undefined && arn === valueAt(resource[side], "policyArn");
    });
  const [old, next] = [policy("before")?.before?.["policy"], policy("after")?.after?.["policy"]];
  if (old === undefined || next === undefined) return unknown(row.when);
  return policyNarrower({ ...context, before: old, after: next });
}

/** An exclusive attachment detaches a policy everywhere else; a new policy is attached nowhere. */
function exclusiveComes({ index, resource, row }: Context): Outcome {
  return index.isNew(resource, "policyArn")
    ? safe("the policy is new: it is attached nowhere else")
    : unknown(row.when);
}

const LOGINS =
  /^aws:(rds\/(instance|cluster)|secretsmanager\/secretVersion|ssm\/parameter|docdb\/cluster|elasticache\/user):/;

/** A password on one side of a login: whether the other side changes in the same run. */
function loginChanges({ index, resource, path, row }: Context): Outcome {
  if (/manage_?master/i.test(path?.segments[0] ?? ""))
    return downtime(`a new password is generated, which only readers of AWS's own secret have: ${row.when}`);
  const others = index.plan.resources.filter(
    (other) => other.address !== resource.address && LOGINS.test(other.type) && changes(other),
  );
  const partners = others.filter(
    (other) =>
      other.type !== resource.type &&
      other.paths.some(({ segments }) => /password|secret_?string|^value$/i.test(segments[0] ?? "")),
  );
  return partners.length > 0
    ? degrades(`${named(partners)} changes in the same run; until programs read it again, logins fail: ${row.when}`)
    : unknown(row.when);
}

/** Conditions about permissions. */
export const permissions: Conditions = {
  audiences,
  identityGoes,
  permissionGoes,
  completeList,
  boundary,
  attachedGoes,
  attachmentMoves,
  exclusiveComes,
  loginChanges,
};
