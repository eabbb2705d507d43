/** Rule iam-no-wildcards. */
import { type Declared, declaredBy } from "../kit/aws/cloud-formation";
import type { Field } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import { allowances, conditionsOf, isAnyResource, textsOf } from "../kit/aws/iam";
import { either, example, fix, type Remedy, remove, set, together } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";

/** IAM policies state their actions and resources without wildcards. */
export const iamNoWildcards = resourceRule({
  id: "iam-no-wildcards",
  group: "security",
  level: "mandatory",
  forbids: "A permission for every action of a service, for everything but a list, or to write to any resource.",
  prevents: "One stolen credential takes the account.",
  source: "Security Hub IAM.1, IAM.21",
  settings: {
    unscopable: texts(
      ["cloudwatch:PutMetricData", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
      "Actions that write and that AWS cannot limit to a resource, by the service authorization reference.",
      "any",
    ),
  },
  resourceTypes: [
    types.iamPolicy,
    types.rolePolicy,
    types.role,
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
    types.cloudFormationStack,
  ],
  limits: "Managed policies of AWS are only named; a condition on a resource or request tag counts as a limit.",
  // An unknown value is the ARN of a resource created in the same update, never `*`.
  quietAt: /(^|\.)Resource(\[\d+\])?$/,
  examples: {
    bad: '{"Effect":"Allow","Action":"s3:*","Resource":"*"}',
    good: '{"Effect":"Allow","Action":["ec2:Describe*"],"Resource":"*"}',
  },
  *check(resource, { unscopable }) {
    const documents = documentsOf(resource);
    yield* eachPart(resource, documents, (document) => checkDocument(resource, document, unscopable));
  },
});

function documentsOf(resource: Resource): readonly Field[] {
  if (resource.is(types.cloudFormationStack)) return declaredBy(resource).flatMap(documentsIn);
  if (!resource.is(types.role)) return [resource.at("policy")];
  return resource
    .at("inlinePolicies")
    .list()
    .map((inline) => inline.at("policy"));
}

/** Documents of one resource of a template: its own, and those inline in a role, user or group. */
function documentsIn({ type, properties }: Declared): readonly Field[] {
  if (!type.startsWith("AWS::IAM::")) return [];
  const inline = properties.at("Policies").shape() === "list" ? properties.at("Policies").list() : [];
  return [properties, ...inline]
    .map((owner) => owner.at("PolicyDocument"))
    .filter((field) => field.shape() !== "absent");
}

function* checkDocument(resource: Resource, document: Field, unscopable: readonly string[]): Iterable<Finding> {
  yield* eachPart(resource, [...allowances(document)], (statement) => checkStatement(resource, statement, unscopable));
}

/** A resource by its name, as an example of one. */
function scoped(statement: Field): readonly Remedy[] {
  const others = statement.at("NotResource");
  return [...(others.isSet() ? [remove(others)] : []), set(statement.at("Resource"), ["arn:aws:s3:::example/*"])];
}

function* checkStatement(resource: Resource, statement: Field, unscopable: readonly string[]): Iterable<Finding> {
  const notAction = statement.at("NotAction");
  if (notAction.isSet()) {
    yield violation(resource, {
      at: notAction.path,
      got: "everything but a list",
      expected: "a list of actions",
      fix: example(
        fix`${remove(notAction)} and ${set(statement.at("Action"), ["ec2:DescribeInstances"])}`,
        "what else is needed, by name",
      ),
    });
  }
  const actions = textsOf(statement.at("Action"));
  const { path } = statement.at("Action");
  const wildcards = actions.filter((action) => /^[*?:]+$|^[^:]*:[*?]+$/.test(action));
  if (wildcards.length > 0) {
    yield violation(resource, {
      at: path,
      got: `${named(wildcards)}: a whole service or all`,
      expected: "named actions",
      fix: example(set(statement.at("Action"), ["ec2:DescribeInstances"]), "what else is needed, by name"),
    });
  }
  const writes = actions.filter(
    (action) => !wildcards.includes(action) && !isRead(action) && !unscopable.includes(action),
  );
  if (writes.length === 0 || !isAnyResource(statement) || limitedByTag(statement)) return;
  yield violation(resource, {
    at: statement.at("Resource").path,
    got: `any resource for ${named(writes)}`,
    expected: "the resources of this platform",
    fix: either(
      example(together(scoped(statement)), "the ARNs that are meant"),
      set(statement.at("Condition", "StringEquals", "aws:ResourceTag/team"), "shop"),
    ),
  });
}

/** Actions are printed only in IAM's form: any other value might be a secret. */
function named(actions: readonly string[]): string {
  return actions.map((action) => (/^[a-z0-9*?-]*:?[A-Za-z0-9*?]{0,64}$/.test(action) ? action : "a text")).join(", ");
}

function isRead(action: string): boolean {
  return /^[a-z0-9-]+:(Describe|Get|List|BatchGet|BatchCheck|Lookup|Search|Query|Scan|View|Check|Simulate|Test|Verify)/i.test(
    action,
  );
}

function limitedByTag(statement: Field): boolean {
  return conditionsOf(statement).some(({ operator, key, values }) => {
    const isTag = /(^|:)(resourcetag|requesttag)\//.test(key);
    // `Null: false` requires the tag, as AWS's policies for controllers do.
    if (operator === "Null") return isTag && values.every((value) => value === "false");
    return /^(ForAnyValue:)?(String|Arn)(Equals|Like)$/.test(operator) && (isTag || key === "aws:sourcearn");
  });
}
