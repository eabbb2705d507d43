/** Permissions in Argo CD: RBAC policies of roles, and settings that grant every user more than the roles do. */
import { argoConfig } from "../kit/argo-cd/argo-config";
import type { Field } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import { globMatches, isWild } from "../kit/reading/glob";
import { objectName } from "../kit/kubernetes/kubernetes";
import { fix, named, remove, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart } from "../kit/rule/rule";

/** Fields of a policy: p, subject, resource, action, object, effect. Source: argo-cd, assets/model.conf. */
interface Policy {
  readonly subject: string;
  readonly resource: string;
  readonly action: string;
  readonly object: string;
}

function policyOf(line: string): Policy | undefined {
  const [sign, subject = "", resource = "", action = "", object = "", effect = "allow"] = line
    .split(",")
    .map((part) => part.trim());
  return sign === "p" && effect !== "deny" ? { subject, resource, action, object } : undefined;
}

/** A role that may sync the applications of its project. */
function ofItsOwn(project: string, role: string): string {
  return `p, proj:${project}:${role}, applications, sync, ${project}/*, allow`;
}

/** Reports policies of a project's role that reach beyond the project. */
export function* checkRole(project: Resource, role: Field): Iterable<Finding> {
  const own = objectName(project);
  for (const field of role.at("policies").list()) {
    const policy = policyOf(field.textOrEmpty());
    if (policy === undefined) continue;
    const [scope = ""] = policy.object.split("/");
    if (!isWild(policy.resource) && !/[*?]/.test(scope)) continue;
    yield violation(project, {
      at: field.path,
      got: isWild(policy.resource) ? "a role that may do everything" : "a role for other projects",
      expected: "named resources and actions of this project",
      fix: set(field, ofItsOwn(named(own), named(role.at("name").textOrEmpty()))),
    });
  }
}

/** Actions on applications that change what runs. */
const changing = ["create", "update", "delete", "override"];
/** Names of roles for administrators of all projects. */
const ofAdministrators = /admin|platform/i;

const isOfAll = (object: string): boolean => isWild(object) || isWild(object.split("/")[0] ?? "");

/** The permission of a policy beyond one project, in words; undefined where there is none. */
function tooMuch({ subject, resource, action, object }: Policy): string | undefined {
  if (isWild(resource) && isWild(action) && isWild(object)) return "a role that may do everything";
  if (!isOfAll(object)) return undefined;
  if (globMatches(resource, "exec")) return "a shell in every pod of every project";
  const changes = changing.some((one) => globMatches(action, one));
  return changes && globMatches(resource, "applications") && !ofAdministrators.test(subject)
    ? "a role that changes or deletes the applications of every project"
    : undefined;
}

const everything = "a role that may do everything";

/** Reports settings of Argo CD that grant every user permissions beyond projects and roles. */
export function* checkSettings(map: Resource): Iterable<Finding> {
  const rbac = argoConfig(map, "argocd-rbac-cm");
  const fallback = rbac?.at("policy.default");
  if (fallback?.text()?.trim() === "role:admin")
    yield violation(map, {
      at: fallback.path,
      got: "role:admin for everybody",
      expected: "role:readonly or nothing",
      fix: fix`${remove(fallback)}, and name who is an administrator with g, <group>, role:admin`,
    });
  yield* eachPart(map, rbac?.members() ?? [], function* ([key, field]) {
    if (!/^policy\.(.*\.)?csv$/.test(key)) return;
    const lines = field.textOrEmpty().split("\n");
    const stated = lines
      .flatMap((line) => policyOf(line.replace(/#.*/, "")) ?? [])
      .flatMap((one) => tooMuch(one) ?? []);
    for (const got of new Set(stated))
      yield violation(map, {
        at: field.path,
        got,
        expected: "named resources and actions",
        fix:
          got === everything
            ? "give role:admin to the people who need it"
            : "name the project before the slash of the object, as in shop/*",
      });
  });
  yield* checkSwitches(map);
}

/** True values of a server flag, which Go parses with strconv.ParseBool. Settings of argocd-cm accept only `true`. */
const isTrue = (text: string): boolean => /^(1|t|T|TRUE|true|True)$/.test(text);
const isTheWord = (text: string): boolean => text === "true";

function* checkSwitches(map: Resource): Iterable<Finding> {
  const [own, params] = [argoConfig(map, "argocd-cm"), argoConfig(map, "argocd-cmd-params-cm")];
  const settings: readonly (readonly [Field | undefined, (text: string) => boolean, string, string])[] = [
    [own?.at("users.anonymous.enabled"), isTheWord, "anonymous users", "people who log in"],
    [own?.at("exec.enabled"), isTheWord, "shells in pods through Argo CD", "changes by Git alone"],
    [params?.at("server.disable.auth"), isTrue, "a server without login", "people who log in"],
    [
      params?.at("application.namespaces"),
      (text) => text.split(",").some(isWild),
      "applications from every namespace",
      "named namespaces",
    ],
  ];
  for (const [field, opens, got, expected] of settings) {
    if (field === undefined || !opens(field.textOrEmpty().trim())) continue;
    yield violation(map, { at: field.path, got, expected, fix: remove(field) });
  }
}
