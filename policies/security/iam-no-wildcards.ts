/** Rule iam-no-wildcards. */
import type { Field } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { texts } from "../kit/settings";
import { types } from "../kit/types";

/** Permissions name what they permit. */
export const iamNoWildcards = resourceRule({
  id: "iam-no-wildcards",
  group: "security",
  level: "mandatory",
  forbids: "A permission for every action of a service, for everything but a list, or to write to any resource.",
  prevents: "One stolen credential takes the account.",
  source: "Security Hub IAM.1, IAM.21",
  settings: {
    unscopable: texts(
      [],
      "Actions that write and that AWS cannot limit to a resource, as the service authorization reference says.",
      "any",
    ),
  },
  kinds: [
    types.iamPolicy,
    types.rolePolicy,
    types.role,
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
  ],
  limits: "Managed policies of AWS are only named; a condition on a resource or request tag counts as a limit.",
  // Documents are made from ARNs that are unknown until they exist; the update reads them before the policy is made.
  quietAboutUnknown: true,
  examples: {
    bad: '{"Effect":"Allow","Action":"s3:*","Resource":"*"}',
    good: '{"Effect":"Allow","Action":["ec2:Describe*"],"Resource":"*"}',
  },
  *check(resource, { unscopable }) {
    const documents = resource.is(types.role)
      ? resource
          .at("inlinePolicies")
          .list()
          .map((inline) => inline.at("policy"))
      : [resource.at("policy")];
    yield* eachPart(resource, documents, (document) => judgeDocument(resource, document, unscopable));
  },
});

function* judgeDocument(resource: Resource, document: Field, unscopable: readonly string[]): Iterable<Finding> {
  const parsed = document.json();
  if (!parsed.isSet()) return;
  yield* eachPart(resource, several(parsed.at("Statement")), (statement) =>
    judgeStatement(resource, statement, unscopable),
  );
}

/** IAM takes one element or a list of them. */
function several(field: Field): readonly Field[] {
  return Array.isArray(field.value()) ? field.list() : field.isSet() ? [field] : [];
}

function* judgeStatement(resource: Resource, statement: Field, unscopable: readonly string[]): Iterable<Finding> {
  if (statement.at("Effect").text() !== "Allow") return;
  const notAction = statement.at("NotAction");
  if (notAction.isSet()) {
    yield violation(resource, {
      at: notAction.path,
      got: "everything but a list",
      wanted: "a list of actions",
      fix: "write Action with what is needed",
    });
  }
  const actions = several(statement.at("Action")).flatMap((action) => action.text() ?? []);
  const { path } = statement.at("Action");
  const whole = actions.filter((action) => /^[*?]+$|^[^:]*:[*?]+$/.test(action));
  if (whole.length > 0) {
    yield violation(resource, {
      at: path,
      got: `${whole.length} action(s) that mean a whole service or all`,
      wanted: "named actions",
      fix: "list the actions",
    });
  }
  const writes = actions.filter((action) => !whole.includes(action) && !isRead(action) && !unscopable.includes(action));
  if (writes.length === 0 || !anyResource(statement) || limitedByTag(statement)) return;
  yield violation(resource, {
    at: statement.at("Resource").path,
    got: `any resource for ${writes.length} action(s) that write`,
    wanted: "the resources of this platform",
    fix: "name ARNs, or add a condition on aws:ResourceTag",
  });
}

function isRead(action: string): boolean {
  return /^[a-z0-9-]+:(Describe|Get|List|BatchGet|BatchCheck|Lookup|Search|Query|Scan|View|Check|Simulate|Test|Verify)/i.test(
    action,
  );
}

function anyResource(statement: Field): boolean {
  if (statement.at("NotResource").isSet()) return true;
  const resources = several(statement.at("Resource")).flatMap((resource) => resource.text() ?? []);
  return (
    resources.length === 0 || resources.some((resource) => /^\*+$|^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*+$/.test(resource))
  );
}

function limitedByTag(statement: Field): boolean {
  const keys = statement
    .at("Condition")
    .members()
    .filter(([operator]) => /^(ForAnyValue:)?(String|Arn)(Equals|Like)$/.test(operator))
    .flatMap(([, block]) => block.members().map(([key]) => key));
  return keys.some((key) => /(^|:)(ResourceTag|RequestTag)\//i.test(key) || /^aws:SourceArn$/i.test(key));
}
