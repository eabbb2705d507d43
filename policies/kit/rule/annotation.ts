/** Exemptions that an object carries itself: an annotation for each rule that it may break. */
import type { Exemption } from "./exemption";
import { type Field, valueOr } from "../reading/field";
import type { Resource } from "../reading/resource";

/** Prefix of the annotation's key; the rule's id follows. */
export const exemptionPrefix = "exempt.fridayproof.dev/";

/** The form of its value. */
export const annotationForm = "<YYYY-MM-DD> <owner>: <reason>";

const form = /^(\S+)\s+([^:]*):(.*)$/su;

/** The annotation of an object about one rule, as a row; undefined where there is none that can be read. */
export function annotatedExemption(resource: Resource, rule: string): Exemption | undefined {
  const text = valueOr(
    () =>
      annotationsOf(resource)
        ?.at(exemptionPrefix + rule)
        .text(),
    undefined,
  );
  return text === undefined ? undefined : rowOf(resource, text);
}

/** The rules that an object's annotations name, known or not. */
export function annotatedRules(resource: Resource): readonly string[] {
  const members = valueOr(() => annotationsOf(resource)?.members() ?? [], []);
  return members.filter(([key]) => key.startsWith(exemptionPrefix)).map(([key]) => key.slice(exemptionPrefix.length));
}

function annotationsOf(resource: Resource): Field | undefined {
  return resource.token.startsWith("kubernetes:") ? resource.at("metadata", "annotations") : undefined;
}

/** A value of another form gives empty facts, which {@link exemptionProblem} reports. */
function rowOf(resource: Resource, text: string): Exemption {
  const [, expires = "", owner = "", reason = ""] = form.exec(text.trim()) ?? [];
  return { resource: `${resource.token}::${resource.name}`, expires, owner: owner.trim(), reason: reason.trim() };
}
