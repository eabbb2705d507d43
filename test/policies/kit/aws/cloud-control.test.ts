/** What a resource declares in CloudFormation's words, whoever makes it. */
import { describe, expect, it } from "vitest";
import { formsOf, property } from "../../../../policies/kit/aws/cloud-control";
import { Field } from "../../../../policies/kit/reading/field";
import { Resource } from "../../../../policies/kit/reading/resource";

const forms = (type: string, props: object): unknown =>
  formsOf(new Resource({ type, name: "x", props })).map((form) => [form.type, form.properties.value()]);

describe("a resource", () => {
  it.each([
    [
      "of a template",
      "aws:cloudformation/stack:Stack",
      { templateBody: '{"Resources":{"D":{"Type":"AWS::RDS::DBInstance","Properties":{"MultiAZ":true}}}}' },
      [["aws::rds::dbinstance", { MultiAZ: true }]],
    ],
    [
      "by Cloud Control",
      "aws:cloudcontrol/resource:Resource",
      { typeName: "AWS::Lambda::Url", desiredState: '{"AuthType":"NONE"}' },
      [["aws::lambda::url", { AuthType: "NONE" }]],
    ],
    [
      "of the native provider",
      "aws-native:rds:DbInstance",
      { multiAz: true },
      [["aws::rds::dbinstance", { multiAz: true }]],
    ],
    ["of the classic provider", "aws:rds/instance:Instance", { multiAz: true }, []],
  ])("%s is read in one form", (_what, type, props, expected) => {
    expect(forms(type, props)).toEqual(expected);
  });

  it("has properties in whatever capitals, and none where there is no object", () => {
    const owner = new Field({ multiAz: true }, "p");
    expect([property(owner, "MultiAZ").path, property(owner, "Engine").path]).toEqual(["p.multiAz", "p.Engine"]);
    expect(property(new Field(undefined, "p"), "Engine").isSet()).toBe(false);
  });
});
