/** What a rollout gives its analyses: each argument that a template needs, none that it lacks, and values that Argo Rollouts can read. */
import type { Analysis, Named } from "../../kit/argo-rollouts/analyses";
import { fieldOf, openArguments } from "../../kit/argo-rollouts/arguments";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { type Remedy, remove, set } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { eachPart, guarded } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";

/** An argument of a template that the platform installs. */
export interface KnownArgument {
  readonly template: string;
  readonly argument: string;
}

/** Templates that the manifests only name, with what is known of their arguments. */
export interface KnownTemplates {
  readonly names: readonly string[];
  /** Those without a value of their own. */
  readonly required: readonly KnownArgument[];
  /** Those with one. */
  readonly optional: readonly KnownArgument[];
}

/** Whether a template out of sight is one of the platform's: those are of the whole cluster. */
export function isKnown({ name, reference }: Named, { names }: KnownTemplates): boolean {
  return names.some((known) => known === name) && reference.at("clusterScope").flag() === true;
}

/** The arguments of an analysis all of whose templates are known, in sight or by the platform. */
export function* checkArguments(
  stack: Stack,
  rollout: Resource,
  { field }: Analysis,
  named: readonly Named[],
  known: KnownTemplates,
): Iterable<Finding> {
  const declared = declaredBy(named, known);
  const args = field.at("args");
  const stated = args.list();
  const names = new Set(stated.map((arg) => arg.at("name").text()));
  const missing = [...declared.open].filter((name) => !names.has(name));
  for (const name of missing)
    yield violation(rollout, {
      at: args.path,
      got: `nothing for the argument ${nameOr(name, "of a template")}, which has no value of its own`,
      expected: "a value: Argo Rollouts refuses the rollout without",
      fix: "add the argument with a value, or give it one in the template",
    });
  if (!declared.isComplete) return;
  // One list of arguments is often given to every analysis: what another template takes is no slip.
  const complete = namesInSight(stack);
  if (complete === undefined) return;
  const platform = [...known.required, ...known.optional].map(({ argument }) => argument);
  const all = new Set([...complete, ...platform]);
  const foreign = stated.filter((arg) => !all.has(arg.at("name").textOrEmpty()));
  yield* foreign.map((arg) => stray(rollout, arg, foreign.length === 1 && missing.length === 1 ? missing : []));
}

/** What templates declare, together. */
interface Declared {
  /** Arguments that no template gives a value. */
  readonly open: ReadonlySet<string>;
  /** Whether every template's arguments are known. */
  readonly isComplete: boolean;
}

function declaredBy(named: readonly Named[], { required, optional }: KnownTemplates): Declared {
  const seen = named.flatMap(({ template }) => template ?? []);
  const outside = new Set(named.flatMap(({ template, name }) => (template === undefined ? [name] : [])));
  const of = (list: readonly KnownArgument[]): readonly string[] =>
    list.filter(({ template }) => outside.has(template)).map(({ argument }) => argument);
  const closed = new Set(of(optional));
  const listed = new Set([...required, ...optional].map(({ template }) => template));
  return {
    open: new Set([...openArguments(seen), ...of(required)].filter((name) => !closed.has(name))),
    isComplete: [...outside].every((name) => name !== undefined && listed.has(name)),
  };
}

/** Arguments of every template in sight; undefined where one cannot be read. */
const namesInSight = perStack((stack) => {
  const templates = stack.of(types.analysisTemplate, types.clusterAnalysisTemplate);
  const args = (): readonly Field[] => templates.flatMap((template) => template.at("spec", "args").list());
  return valueOr(() => args().map((arg) => arg.at("name").textOrEmpty()), undefined);
});

/** Argo Rollouts takes over what a template declares, and nothing else (MergeArgs). */
function stray(rollout: Resource, arg: Field, [meant]: readonly string[]): Finding {
  const name = arg.at("name");
  return violation(rollout, {
    at: name.path,
    got: `the argument ${nameOr(name.text(), "without a proper name")}, which no template has: Argo Rollouts leaves it out`,
    expected: "an argument that a template declares",
    // A text that can be no name is not repeated: it may be a value in the wrong place.
    fix: meant === undefined || nameOr(meant, "") === "" ? remove(arg) : set(name, meant),
    advisory: true,
  });
}

/** Where the values of an analysis's arguments come from. */
export function* checkValues(rollout: Resource, { field }: Analysis): Iterable<Finding> {
  yield* guarded(rollout, () => eachPart(rollout, field.at("args").list(), (arg) => checkValue(rollout, arg)));
}

/** What Argo Rollouts reads of the ReplicaSets. */
const hashes = ["Stable", "Latest"] as const;

function* checkValue(rollout: Resource, arg: Field): Iterable<Finding> {
  const [value, from] = [arg.at("value"), arg.at("valueFrom")];
  const problem = (at: Field, got: string, expected: string, fix: string | Remedy): Finding =>
    violation(rollout, { at: at.path, got, expected, fix });
  if (!from.isSet()) {
    if (!value.isSet())
      yield problem(
        value,
        "neither value nor valueFrom: Argo Rollouts fills in an empty text",
        "a value",
        "give the argument its value, or remove it where the template has one",
      );
    return;
  }
  const [hash, path] = [from.at("podTemplateHashValue"), from.at("fieldRef", "fieldPath")];
  if (hash.isSet()) {
    if (!hashes.some((known) => known === hash.text()))
      yield problem(
        hash,
        "an unknown ReplicaSet: Argo Rollouts fills in an empty string",
        hashes.join(" or "),
        set(hash, "Latest"),
      );
    return;
  }
  const text = path.text();
  if (text === undefined)
    yield problem(
      from,
      "a source that a rollout cannot read: Argo Rollouts fills in an empty text",
      "podTemplateHashValue or fieldRef",
      "read Secrets in the template's own argument, and remove this one, or write its value",
    );
  else yield* checkPath(rollout, path, text);
}

/** What of the metadata Argo Rollouts reads. Source: fieldpath.ExtractFieldPathAsString of Kubernetes. */
const readable = /^metadata\.(name|namespace|uid|labels|annotations|(labels|annotations)\['[^']+'\])$/;
/** Fields that others write: what they hold stands in the cluster only. */
const live = /^(status\b|spec\.replicas$)/;

function* checkPath(rollout: Resource, path: Field, text: string): Iterable<Finding> {
  if (text.startsWith("metadata")) {
    if (readable.test(text)) return;
    const [, part = "", key] = /^metadata\.(labels|annotations)\.(.+)$/.exec(text) ?? [];
    yield violation(rollout, {
      at: path.path,
      got: "a path of the metadata that Argo Rollouts cannot read: it refuses the rollout",
      expected: "a name, or one label or annotation as metadata.labels['key']",
      fix: key === undefined ? "name one of them" : set(path, `metadata.${part}['${key}']`),
    });
    return;
  }
  if (live.test(text)) return;
  const field = fieldOf(rollout, text);
  const shape = field?.isSet() === true ? field.shape() : "absent";
  if (shape === "scalar") return;
  yield violation(rollout, {
    at: path.path,
    got: shape === "absent" ? "a path that the rollout does not have" : "a path that leads to a list or an object",
    expected: "one value of the rollout: anything else ends every run",
    fix: "write the path of a single value, or the value itself",
  });
}
