/** What a CloudFormation template declares, as far as its text is here. */
import { describe, expect, it } from "vitest";
import { declaredBy, plainText } from "../../../../policies/kit/aws/cloud-formation";
import { Field, MalformedRead } from "../../../../policies/kit/reading/field";
import { Resource } from "../../../../policies/kit/reading/resource";

const stack = (templateBody: unknown): Resource =>
  new Resource({ type: "aws:cloudformation/stack:Stack", name: "s", props: { templateBody } });
const declared = (templateBody: unknown): unknown =>
  declaredBy(stack(templateBody)).map(({ type, properties }) => [type, properties.value(), properties.path]);
const role = { Type: "AWS::IAM::Role", Properties: { RoleName: "r" } };
const path = "templateBody.Resources.R.Properties";

describe("a template", () => {
  it("in JSON or YAML declares its resources", () => {
    expect(declared(JSON.stringify({ Resources: { R: role } }))).toEqual([[role.Type, role.Properties, path]]);
    expect(declared("Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties: { RoleName: !Ref Name }\n")).toEqual([
      [role.Type, { RoleName: "Name" }, path],
    ]);
    expect(declared("Resources: { R: {} }")).toEqual([["", undefined, path]]);
    expect(declared("Description: none")).toEqual([]);
  });

  it("has the name of a function in the place of its result, and leaves alone what only looks like one", () => {
    const properties = (value: unknown): unknown =>
      declared(JSON.stringify({ Resources: { R: { Type: "T", Properties: { value } } } }));
    const read = (value: unknown): unknown => [["T", { value }, path]];
    expect(properties({ "Fn::Sub": "a" })).toEqual(read("${Fn::Sub}"));
    expect(properties([{ Ref: "a" }])).toEqual(read(["${Ref}"]));
    for (const value of [{}, { Reference: "a" }, { Ref: "a", other: "b" }, { "My::Fn::Sub": "a" }])
      expect(properties(value)).toEqual(read(value));
  });

  it("behind a URL cannot be seen", () => {
    expect(declared(undefined)).toEqual([]);
  });

  it("that is neither is malformed", () => {
    const expected = new MalformedRead("templateBody", "a text that is neither JSON nor YAML", "a template");
    expect(() => declared("a: *b")).toThrow(expected);
  });

  it("has texts, and functions in their place", () => {
    expect([plainText(new Field("a")), plainText(new Field(1)), plainText(new Field({ Ref: "x" }))]).toEqual([
      "a",
      "1",
      undefined,
    ]);
  });
});
