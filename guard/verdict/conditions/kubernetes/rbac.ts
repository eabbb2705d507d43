/** Roles and RoleBindings of Kubernetes. */
import type { Resource } from "../../plans/change";
import { canonical } from "../../plans/difference";
import { isMap, listAt, textAt, type Values } from "../../plans/values";
import { type Conditions, type Context, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named, isNotDeleted, equalsOf } from "../core/related";

/** Permissions of a Role. */
function rightsOf(values: Resource["before"]): readonly string[] {
  return listAt(values, "rules")
    .filter(isMap)
    .flatMap((rule) => {
      const lists = ["apiGroups", "resources", "verbs", "resourceNames", "nonResourceURLs"].map((name) =>
        listAt(rule, name).length === 0 ? [""] : listAt(rule, name).map(String),
      );
      return lists.reduce<string[]>(
        (texts, items) => texts.flatMap((text) => items.map((item) => `${text}/${item}`)),
        [""],
      );
    });
}

function rulesNarrower({ resource, row }: Context): Outcome {
  const next = rightsOf(resource.after);
  const lost = rightsOf(resource.before).filter((right) => !next.includes(right));
  return lost.length === 0
    ? safe("the role only gains permissions")
    : unknown(`${row.when} (${lost.length} permissions are removed)`);
}

const subjectsOf = (values: Values | undefined): readonly string[] =>
  listAt(values, "subjects").concat(listAt(values, "subject")).filter(isMap).map(canonical);

/** Subjects that lose a role. */
function bindingGoes(context: Context): Outcome {
  const { resource, row } = context;
  const subjects = subjectsOf(resource.before);
  const twins = equalsOf(context, ["roleRef", "metadata.namespace"]).filter(({ after }) =>
    subjects.every((subject) => subjectsOf(after).includes(subject)),
  );
  return subjects.length > 0 && twins.length > 0
    ? safe(`${named(twins)} gives the same role to the same accounts`)
    : unknown(row.when);
}

const BINDINGS = /^kubernetes:rbac\.authorization\.k8s\.io\/[^:]+:(Cluster)?RoleBinding$/;

/** Bindings of a deleted role. */
function boundRoleGoes({ index, resource, row }: Context): Outcome {
  const name = textAt(resource.before, "metadata.name");
  const bound = index.plan.resources.filter(
    ({ type, before, after }) => BINDINGS.test(type) && textAt(before ?? after, "roleRef.name") === name,
  );
  const left = bound.filter(isNotDeleted);
  if (left.length > 0) return downtime(`${named(left)} still refers to it: ${row.when}`);
  return bound.length > 0 ? safe(`${named(bound)} is deleted too; see its own verdict`) : unknown(row.when);
}

/** Conditions about RBAC. */
export const rbac: Conditions = {
  rulesNarrower,
  bindingGoes,
  boundRoleGoes,
};
