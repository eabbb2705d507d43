/** Resources declared by their CloudFormation types: in a template, by Cloud Control, or through AWS's native provider. */
import { declaredBy, type Declared } from "./cloud-formation";
import type { Field } from "../reading/field";
import type { Resource } from "../reading/resource";
import { type ResourceType, types } from "../reading/types";

const cloudControl: ResourceType = "aws:cloudcontrol/resource:Resource";
const native = /^aws-native:(\w+):(\w+)$/;

/** Types that can declare resources of any CloudFormation type. */
export const declaring: readonly ResourceType[] = [types.cloudFormationStack, cloudControl];

/** One resource by its type in small letters, because the providers do not agree on capitals: `aws::rds::dbinstance`. */
export type Form = Declared;

/** The CloudFormation resources that the resource declares; none for a classic one.
 * @throws UnknownRead @throws MalformedRead */
export function formsOf(resource: Resource): readonly Form[] {
  if (resource.is(types.cloudFormationStack))
    return declaredBy(resource).map(({ type, properties }) => ({ type: type.toLowerCase(), properties }));
  if (resource.is(cloudControl))
    return [
      { type: resource.at("typeName").textOrEmpty().toLowerCase(), properties: resource.at("desiredState").json() },
    ];
  const [, module, name] = native.exec(resource.type) ?? [];
  return name === undefined ? [] : [{ type: `aws::${module}::${name}`.toLowerCase(), properties: resource.props }];
}

/** The property by its name in whatever capitals: the native provider writes `multiAz` where templates say `MultiAZ`. */
export function property(owner: Field, name: string): Field {
  if (owner.shape() !== "object") return owner.at(name);
  const found = owner.members().find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? owner.at(name) : found[1];
}
