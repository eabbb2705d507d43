/** Disks that anybody can read who gets hold of them: where nothing is said the account's own setting decides. */
import { type Form, property } from "../../kit/aws/cloud-control";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { fix, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart } from "../../kit/rule/rule";
import { type ResourceType, types } from "../../kit/reading/types";

const fileSystem = "aws:efs/fileSystem:FileSystem";
const byDefault = "aws:ebs/encryptionByDefault:EncryptionByDefault";

/** Types that have disks, or say how those of others are kept. */
export const withDisks: readonly ResourceType[] = [
  types.volume,
  types.instance,
  types.launchConfiguration,
  types.launchTemplate,
  types.ec2NodeClass,
  fileSystem,
  byDefault,
];

/** The same of the native provider. */
export const nativeWithDisks: readonly ResourceType[] = [
  "ec2:Volume",
  "ec2:Instance",
  "ec2:LaunchTemplate",
  "efs:FileSystem",
].map((name) => `aws-native:${name}`);

/** Disks of a classic resource that are not encrypted. */
export function* checkDisks(resource: Resource): Iterable<Finding> {
  yield* eachPart(resource, ownersOf(resource), (owner) =>
    check(resource, owner.at(resource.is(byDefault) ? "enabled" : "encrypted")),
  );
}

function ownersOf(resource: Resource): readonly Field[] {
  if (resource.is(types.instance, types.launchConfiguration))
    return [resource.at("rootBlockDevice"), ...resource.at("ebsBlockDevices").list()];
  const spec = resource.is(types.ec2NodeClass) ? resource.at("spec") : resource.props;
  if (resource.is(types.launchTemplate, types.ec2NodeClass)) return spec.at("blockDeviceMappings").list().map(ebsOf);
  return [resource.props];
}

/** The disk of a mapping; one that a preview hides as a whole says so when it is read. */
function ebsOf(mapping: Field): Field {
  return mapping.isUnknown() ? mapping : property(mapping, "Ebs");
}

/** Disks in CloudFormation's words. */
export function* checkDisksIn(resource: Resource, { type, properties }: Form): Iterable<Finding> {
  yield* eachPart(resource, ownersIn(type, properties), (owner) => check(resource, property(owner, "Encrypted")));
}

const disks = ["aws::ec2::volume", "aws::efs::filesystem"];
const machines = ["aws::ec2::instance", "aws::ec2::launchtemplate"];

function ownersIn(type: string, properties: Field): readonly Field[] {
  if (disks.includes(type)) return [properties];
  if (!machines.includes(type)) return [];
  const owner = type.endsWith("template") ? property(properties, "LaunchTemplateData") : properties;
  return property(owner, "BlockDeviceMappings").list().map(ebsOf);
}

function* check(resource: Resource, field: Field): Iterable<Finding> {
  if (field.flag() !== false) return;
  // A launch template of the classic provider takes the word.
  const yes = set(field, resource.is(types.launchTemplate) ? "true" : true);
  yield violation(resource, {
    at: field.path,
    got: "false",
    expected: "true, so that a lost disk or snapshot is unreadable",
    fix: resource.is(types.volume, fileSystem) ? fix`${yes}, and copy what it holds: an existing one is replaced` : yes,
  });
}
