/** Who uses whom in a Terraform plan: the expressions of its configuration, resolved through modules, and equal values. */
import { groupBy } from "@fridayproof/components/core";
import type { Resource, Use } from "./change";
import { usesByValue } from "./identities";
import { objectOf } from "./objects";
import { isMap, stemOf, type Values } from "./values";

/** Which properties the configuration sets of a resource; undefined where it does not show the resource. */
export type Configured = (address: string) => ReadonlySet<string> | undefined;

/** A module's configuration and how its caller fills its variables. */
interface Scope {
  /** `module.a.module.b`, empty for the root. */
  readonly path: string;
  readonly module: Values;
  readonly parent?: Scope;
  /** The caller's expressions by variable. */
  readonly inputs: Values;
}

/** Deep chains of modules exist, circles do not; this only ends what a broken file would make endless. */
const MOST_STEPS = 30;

function scopesOf(module: Values, path = "", parent?: Scope, inputs: Values = {}): Scope[] {
  const scope: Scope = { path, module, parent, inputs };
  const calls = Object.entries(objectOf(module["module_calls"]) ?? {});
  const inner = calls.flatMap(([name, call]) => {
    const { module: body, expressions } = objectOf(call) ?? {};
    if (!isMap(body)) return [];
    return scopesOf(
      body,
      path === "" ? `module.${name}` : `${path}.module.${name}`,
      scope,
      objectOf(expressions) ?? {},
    );
  });
  return [scope, ...inner];
}

/** Every text of `references` in an expression. */
function referencesIn(expression: unknown): readonly string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (!isMap(expression)) return [];
  return Object.entries(expression).flatMap(([key, value]) => {
    if (key === "constant_value") return [];
    if (key !== "references") return referencesIn(value);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
  });
}

/** An address without instance keys: `module.a["x"].aws_lb.b[0]` is `module.a.aws_lb.b`. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}

function within(scope: Scope, address: string): string {
  return scope.path === "" ? address : `${scope.path}.${address}`;
}

/** The resources behind one reference. */
function resolve(
  reference: string,
  scope: Scope,
  scopes: ReadonlyMap<string, Scope>,
  steps: number,
): readonly string[] {
  const [first = "", second = "", third = ""] = withoutKeys(reference).split(".");
  if (steps > MOST_STEPS || ["local", "each", "count", "path", "terraform", "data", "self"].includes(first)) return [];
  if (first === "var") {
    if (scope.parent === undefined) return [];
    const { parent } = scope;
    return referencesIn(scope.inputs[second]).flatMap((inner) => resolve(inner, parent, scopes, steps + 1));
  }
  if (first !== "module") return second === "" ? [] : [within(scope, `${first}.${second}`)];
  const child = scopes.get(within(scope, `module.${second}`));
  const outputs = objectOf(child?.module["outputs"]) ?? {};
  if (child === undefined) return [];
  const shown = third === "" ? Object.values(outputs) : [outputs[third]];
  return shown.flatMap((output) => referencesIn(output)).flatMap((inner) => resolve(inner, child, scopes, steps + 1));
}

interface Declared {
  readonly address: string;
  readonly expressions: Values;
  readonly scope: Scope;
  readonly after: readonly string[];
}

function declaredIn(scopes: readonly Scope[]): readonly Declared[] {
  return scopes.flatMap((scope) => {
    const resources = scope.module["resources"];
    if (!Array.isArray(resources)) return [];
    return resources.flatMap((row) => {
      const { type, name, expressions, depends_on: after, mode } = objectOf(row) ?? {};
      if (typeof type !== "string" || typeof name !== "string" || mode === "data") return [];
      const order = Array.isArray(after) ? after.filter((item): item is string => typeof item === "string") : [];
      return [
        { address: within(scope, `${type}.${name}`), expressions: objectOf(expressions) ?? {}, scope, after: order },
      ];
    });
  });
}

function rootOf(configuration: Values | undefined): readonly Scope[] {
  const root = objectOf(configuration?.["root_module"]);
  return root === undefined ? [] : scopesOf(root);
}

/** Looks up what the configuration sets. */
export function configuredIn(configuration: Values | undefined): Configured {
  const declared = new Map(
    declaredIn(rootOf(configuration)).map(({ address, expressions }) => [
      address,
      new Set(Object.keys(expressions).map(stemOf)),
    ]),
  );
  return (address) => declared.get(withoutKeys(address));
}

function instanceKey(address: string): string {
  return (/\[("(?:[^"\\]|\\.)*"|\d+)\]$/.exec(address) ?? [])[1] ?? "";
}

/** Of several instances the one with the user's own key, else all of them. */
function instancesFor(user: string, instances: readonly string[]): readonly string[] {
  const same = instances.filter(
    (instance) => instanceKey(instance) !== "" && instanceKey(instance) === instanceKey(user),
  );
  return same.length > 0 ? same : instances;
}

/** All uses between the resources of a plan. */
export function usesOf(resources: readonly Resource[], configuration: Values | undefined): readonly Use[] {
  const scopes = rootOf(configuration);
  const byPath = new Map(scopes.map((scope) => [scope.path, scope]));
  const instances = groupBy(
    resources.map(({ address }) => address),
    withoutKeys,
  );
  const declared = declaredIn(scopes).flatMap(({ address, expressions, scope, after }) => {
    const users = instances.get(address) ?? [];
    if (users.length === 0) return [];
    const named = Object.entries(expressions).flatMap(([property, expression]) =>
      [...new Set(referencesIn(expression).flatMap((reference) => resolve(reference, scope, byPath, 0)))].map(
        (used) => ({ property, used }),
      ),
    );
    const ordered = after
      .flatMap((reference) => resolve(reference, scope, byPath, 0))
      .map((used) => ({ property: undefined, used }));
    return [...named, ...ordered].flatMap(({ property, used }) =>
      users.flatMap((user) =>
        instancesFor(user, instances.get(used) ?? [])
          .filter((target) => target !== user)
          .map((target): Use => ({ user, used: target, property })),
      ),
    );
  });
  return [...declared, ...usesByValue(resources)];
}
