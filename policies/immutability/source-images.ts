/** Images in an Application's source settings (Kustomize, Helm, plugins): the rendered manifests are not part of the stack. */
import { sourcesOf } from "../kit/argo-cd/applications";
import type { Field } from "../kit/reading/field";
import type { Resource } from "../kit/reading/resource";
import { yamlIn } from "../kit/reading/yaml-text";

const digest = /@?sha256:[0-9a-f]{64}$/;

/** Every place in the sources of an application that names an image without a digest. */
export function looseImages(resource: Resource): readonly Field[] {
  return sourcesOf(resource).flatMap((source) => [
    ...source.at("kustomize", "images").list().filter(isLoose),
    ...parameterImages(source.at("helm", "parameters")),
    ...valueImages(yamlIn(source.at("helm", "values"))),
    ...valueImages(source.at("helm", "valuesObject")),
    ...pluginImages(source.at("plugin")),
  ]);
}

function isLoose(field: Field): boolean {
  const text = field.textOrEmpty().trim();
  return text !== "" && text !== "auto" && !digest.test(text);
}

/** `image=shop:1`, and `image.tag=1` unless `image.digest` stands beside it. */
function parameterImages(parameters: Field): readonly Field[] {
  const named = parameters.list().map((parameter) => ({
    name: parameter.at("name").textOrEmpty(),
    value: parameter.at("value"),
  }));
  const digests = named.flatMap(({ name, value }) =>
    /(digest|sha)$/i.test(name) && !isLoose(value) ? [holder(name)] : [],
  );
  return named.flatMap(({ name, value }) => {
    const image = /(^|[.A-Za-z])image$/i.test(name);
    const tag = /(^|\.)tag$/i.test(name) && !digests.includes(holder(name)) && !parameters.lacksItems();
    return (image || tag) && isLoose(value) ? [value] : [];
  });
}

/** The dotted name without its last part. */
function holder(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}

/** `image: shop:1`, and `image: { repository, tag }` without a digest, at any depth. */
function valueImages(values: Field): readonly Field[] {
  const shape = values.shape();
  if (shape === "list") return values.list().flatMap(valueImages);
  // An unknown value may be an image too.
  if (shape === "unknown") values.value();
  if (shape !== "object") return [];
  return values.members().flatMap(([key, member]) => {
    if (!/(^i|I)mage$/.test(key)) return valueImages(member);
    if (member.shape() !== "object")
      return member.shape() === "list" ? valueImages(member) : isLoose(member) ? [member] : [];
    const tag = member.at("tag");
    const stated = ["digest", "sha"].some((name) => member.at(name).isSet() && !isLoose(member.at(name)));
    return stated || !isLoose(tag) ? [] : [tag];
  });
}

/** Environment variables and parameters of a plugin whose name ends with image or tag. */
function pluginImages(plugin: Field): readonly Field[] {
  return [
    ...plugin
      .at("env")
      .list()
      .map((entry) => ({ name: entry.at("name"), value: entry.at("value") })),
    ...plugin
      .at("parameters")
      .list()
      .map((entry) => ({ name: entry.at("name"), value: entry.at("string") })),
  ].flatMap(({ name, value }) => (/(image|tag)$/i.test(name.textOrEmpty()) && isLoose(value) ? [value] : []));
}
