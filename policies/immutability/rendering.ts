/** Settings with which an application silently renders or applies something other than its repository states. */
import { application, layers, allSources, generators } from "../kit/argo-cd/applications";
import type { Field } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import { add, fix, remove } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart } from "../kit/rule/rule";
import { isTemplated } from "../kit/argo-cd/set-parameters";
import { types } from "../kit/reading/types";

/** Checks missing value files, skipped validation, missing template keys and progressive syncs. */
export function* checkRendering(resource: Resource): Iterable<Finding> {
  yield* eachPart(resource, allSources(resource), ({ field }) => checkValueFiles(resource, field));
  yield* eachPart(resource, layers(resource), function* (layer) {
    for (const option of layer.at("spec", "syncPolicy", "syncOptions").list()) {
      if (option.text()?.trim() !== "Validate=false") continue;
      yield violation(resource, {
        at: option.path,
        got: "Validate=false: a field that the API does not have is dropped, and the sync succeeds",
        expected: "objects that the API takes as they stand",
        fix: fix`${remove(option)}; an object that needs it is annotated itself`,
      });
    }
  });
  if (!resource.is(types.applicationSet)) return;
  yield* checkKeys(resource);
  yield* checkOrder(resource);
}

/** A missing file with a literal name is a typing error. A file with a templated name may be optional. */
function* checkValueFiles(resource: Resource, source: Field): Iterable<Finding> {
  const missing = source.at("helm", "ignoreMissingValueFiles");
  if (missing.flag() !== true) return;
  const files = source.at("helm", "valueFiles").list();
  if (files.some((file) => isTemplated(file.textOrEmpty()))) return;
  yield violation(resource, {
    at: missing.path,
    got: "value files that may be missing: a mistyped name deploys the chart's defaults",
    expected: "a sync that fails without its files",
    fix: remove(missing),
  });
}

/** Every text below a field. @throws UnknownRead for a value that only the update resolves. */
function* textsOf(field: Field): Iterable<string> {
  const shape = field.shape();
  if (shape === "list") for (const item of field.list()) yield* textsOf(item);
  else if (shape === "object") for (const [, member] of field.members()) yield* textsOf(member);
  else yield field.textOrEmpty();
}

/** Without missingkey=error, a key that a list element lacks renders as the text <no value> in a name, a namespace or a path. */
function* checkKeys(set: Resource): Iterable<Finding> {
  const options = set.at("spec", "goTemplateOptions");
  if (set.at("spec", "goTemplate").flag() !== true) return;
  if (options.texts().some((option) => /^missingkey=(error|invalid)$/.test(option.trim()))) return;
  const lists = generators(set).map((generator) => generator.at("list", "elements").list());
  // The parameters of other generators exist only in the cluster.
  if (lists.some((elements) => elements.length === 0)) return;
  const parameters = [...textsOf(application(set))].flatMap((text) =>
    [...text.matchAll(/\{\{-?\s*\.(\w+)\s*-?\}\}/g)].map(([, key]) => key ?? ""),
  );
  if (!lists.flat().some((element) => parameters.some((key) => !element.at(key).isSet()))) return;
  yield violation(set, {
    at: options.path,
    got: "nothing beside a key that an element has not, which becomes the text <no value>",
    expected: "missingkey=error",
    fix: add(options, "missingkey=error"),
  });
}

/** RollingSync switches automated sync off: drift is not corrected, and an application that no step matches never syncs. */
function* checkOrder(set: Resource): Iterable<Finding> {
  const strategy = set.at("spec", "strategy");
  if (strategy.at("type").text() !== "RollingSync") return;
  const steps = strategy.at("rollingSync", "steps").list();
  const labels = new Set(
    application(set)
      .at("metadata", "labels")
      .members()
      .map(([key]) => key),
  );
  const picks = (step: Field): boolean =>
    step
      .at("matchExpressions")
      .list()
      .every((one) => one.at("operator").text() === "NotIn" || labels.has(one.at("key").textOrEmpty()));
  const none = steps.length > 0 && !steps.some(picks);
  yield violation(set, {
    at: strategy.path,
    got: none
      ? "steps that pick none of its applications, whose own sync is off: they are never synced"
      : "an order of syncs, which turns the applications' own off: drift stays",
    expected: "applications that sync themselves",
    fix: fix`${remove(strategy)}; sync waves give an order inside of an application`,
    ...(none ? {} : { advisory: true }),
  });
}
