/** Parameters of an ApplicationSet's template, with the values that its generators give them. */
import { generators } from "./applications";
import type { Field } from "../reading/field";
import type { Resource } from "../reading/resource";
import { isRecord } from "../reading/value";
import { yamlIn } from "../reading/yaml-text";

/** One value of a parameter, with the field that states it. */
export interface ParameterValue {
  readonly text: string;
  /** Undefined for a commit that a generator finds. */
  readonly field?: Field;
}

/**
 * Parameters that are commits, by generator: they name one tree for good.
 * Source: argo-cd, applicationset/generators/pull_request.go (head_sha) and scm_provider.go (sha); the short forms are
 * no commits, because Git resolves them only as long as no other begins like them.
 */
const commits: Readonly<Record<string, readonly string[]>> = { pullRequest: ["head_sha"], scmProvider: ["sha"] };

/** Hex digits of a commit of Git with SHA-1. */
const commitDigits = 40;
/** Value in place of a commit that a generator finds. */
const foundCommit = "0".repeat(commitDigits);

/** A parameter in the form of fasttemplate or of Go, and a member of one by Go's `index`. */
const forms = [/^\{\{-?\s*\$?\.?([\w.[\]-]+)\s*-?\}\}$/, /^\{\{-?\s*index\s+\.([\w.]*)\s+"([^"]+)"\s*-?\}\}$/];

/** The one parameter that a text is made of; undefined for anything else. */
function parameterIn(text: string): readonly string[] | undefined {
  const [found] = forms.flatMap((form) => {
    const [, ...names] = form.exec(text.trim()) ?? [];
    return names.length === 0 ? [] : [names.join(".")];
  });
  return found?.split(".").filter((part) => part !== "");
}

/** Whether the text contains a parameter. */
export function isTemplated(text: string): boolean {
  return text.includes("{{");
}

/** Every value that the text may become; undefined where some are not declared here. */
export function valuesOf(resource: Resource, text: string): readonly ParameterValue[] | undefined {
  if (!isTemplated(text)) return [{ text }];
  const path = parameterIn(text);
  if (path === undefined) return undefined;
  const all = generators(resource).map((generator) => valuesFrom(generator, path));
  const known = all.filter((values) => values !== undefined);
  // A parameter that no generator here gives comes from a file, a cluster or a service, and changes with it.
  return known.length === 0 || known.some((values) => values.length === 0) ? undefined : known.flat();
}

/** Parameters whose commit changes while their value stays: branches, and short forms of commits. */
const moving = ["branch", "target_branch", "short_sha", "head_short_sha"];

/** Values of one generator; undefined where it does not give the parameter, none where its values are not declared here. */
function valuesFrom(generator: Field, path: readonly string[]): readonly ParameterValue[] | undefined {
  const name = path.join(".");
  for (const [kind, parameters] of Object.entries(commits)) {
    if (!generator.at(kind).isSet()) continue;
    if (parameters.includes(name)) return [{ text: foundCommit }];
    if (moving.includes(name)) return [];
  }
  const own = ownValues(generator, path);
  if (own !== undefined) return own;
  const written = generator.at("list", "elementsYaml");
  const elements = [...generator.at("list", "elements").list(), ...listIn(yamlIn(written))];
  const values = elements.flatMap((element) => memberAt(element, path) ?? []).filter((field) => field.isSet());
  if (values.length === 0) return written.isSet() && elements.length === 0 ? [] : undefined;
  return values.map((field) => ({ text: field.textOrEmpty(), field }));
}

/** Values that a generator states beside what it finds (`values`), the same for everything that it finds. */
function ownValues(generator: Field, path: readonly string[]): readonly ParameterValue[] | undefined {
  const [first, key = "", ...deeper] = path;
  if (first !== "values" || deeper.length > 0) return undefined;
  for (const [, member] of generator.members()) {
    if (member.shape() !== "object") continue;
    const field = member.at("values", key);
    const text = field.text();
    if (text !== undefined) return isTemplated(text) ? [] : [{ text, field }];
  }
  return undefined;
}

function listIn(field: Field): readonly Field[] {
  return field.shape() === "list" ? field.list() : [];
}

/** The member under the path: one name with dots for fasttemplate, one name after the other for Go. */
function memberAt(element: Field, path: readonly string[]): Field | undefined {
  const value = element.value();
  if (!isRecord(value)) return undefined;
  const flat = path.join(".");
  if (Object.hasOwn(value, flat)) return element.at(flat);
  return path.reduce<Field | undefined>(
    (field, key) => (field?.shape() === "object" ? field.at(key) : undefined),
    element,
  );
}
