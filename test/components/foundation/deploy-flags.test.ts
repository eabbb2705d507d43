/** What the deploy role may do to AppConfig's objects, by their tags: to those of its environments, and to nobody else's. */
import { expect, test } from "vitest";
import type { Conditions } from "../../../components/aws/iam";
import { flagStatements } from "../../../components/foundation/deploy-flags";
import { globMatches } from "../../../policies/kit/reading/glob";

const TAG = "fridayproof.dev/environment";
const statements = flagStatements({
  account: "111122223333",
  regions: ["us-east-1"],
  parts: [],
  trafficParts: [],
  platform: "fridayproof",
  environments: ["dev", "prod"],
  environmentTag: TAG,
  zoneIds: [],
  managedPolicies: [],
  stateKeyAlias: "alias/fridayproof-state",
});

type Value = string | undefined;

/** A resource that AWS checks an action on: its ARN, or any, and the value of our tag. */
type Checked = readonly [arn: string, tag: Value];

const arn = (rest: string): string => `arn:aws:appconfig:us-east-1:111122223333:application/abc1234${rest}`;
const application = arn("");
const profile = arn("/configurationprofile/def1234");
const version = arn("/configurationprofile/def1234/hostedconfigurationversion/2");

/** Both operators of these documents: a key that is absent equals nothing, and is null. */
const operators: Readonly<Record<string, (value: Value, wanted: readonly string[]) => boolean>> = {
  StringEquals: (value, wanted) => value !== undefined && wanted.includes(value),
  Null: (value, [wanted]) => (value === undefined) === (wanted === "true"),
};

function holds(condition: Conditions, request: Value, resource: Value): boolean {
  const value = (key: string): Value => (key.startsWith("aws:RequestTag/") ? request : resource);
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => operators[operator]?.(value(key), [wanted].flat()) ?? false),
  );
}

/** Whether IAM allows the action on each of these: an action on several resources is allowed on all of them or not at all. */
function allowed(action: string, checked: readonly Checked[], request?: Value): boolean {
  return checked.every(([resource, tag]) =>
    statements.some(
      ({ Action, Resource, Condition = {} }) =>
        Action.includes(`appconfig:${action}`) &&
        [Resource].flat().some((pattern) => globMatches(pattern, resource)) &&
        holds(Condition, request, tag),
    ),
  );
}

test("whatever stands is changed and deleted by its tag", () => {
  for (const action of ["UpdateApplication", "DeleteApplication", "StopDeployment", "TagResource", "UntagResource"]) {
    expect(allowed(action, [[application, "prod"]])).toBe(true);
    expect(allowed(action, [[application, "another"]])).toBe(false);
    expect(allowed(action, [[application, undefined]])).toBe(false);
  }
});

test("a version, which carries no tags, goes with its application and its profile", () => {
  const within = (of: Value, by: Value): readonly Checked[] => [
    [application, of],
    [profile, by],
    [version, undefined],
  ];
  expect(allowed("DeleteHostedConfigurationVersion", within("prod", "prod"))).toBe(true);
  expect(allowed("DeleteHostedConfigurationVersion", within(undefined, undefined))).toBe(false);
  expect(allowed("DeleteHostedConfigurationVersion", within("prod", "another"))).toBe(false);
});

test("what is new gets the tag, and stands in an application that has it", () => {
  expect(allowed("CreateApplication", [["*", undefined]], "dev")).toBe(true);
  expect(allowed("CreateApplication", [["*", undefined]])).toBe(false);
  for (const action of ["CreateEnvironment", "CreateConfigurationProfile", "StartDeployment"]) {
    expect(allowed(action, [[application, "dev"]], "dev")).toBe(true);
    expect(allowed(action, [[application, undefined]], "dev")).toBe(false);
    expect(allowed(action, [[application, "dev"]])).toBe(false);
  }
});

test("another team's object is not adopted by giving it the tag; one without any such tag still can be", () => {
  expect(allowed("TagResource", [[application, "another"]], "prod")).toBe(false);
  expect(allowed("TagResource", [[application, undefined]], "another")).toBe(false);
  expect(allowed("TagResource", [[application, undefined]], "prod")).toBe(true);
});
