/** What IAM documents allow, to whom and on what, in every form in which IAM takes them. */
import { describe, expect, it } from "vitest";
import { Field } from "../../../../policies/kit/reading/field";
import {
  allowances,
  conditionsOf,
  demanding,
  isAnyResource,
  mayMean,
  principalsOf,
  textsOf,
} from "../../../../policies/kit/aws/iam";

const field = (value: unknown): Field => new Field(value, "policy");
const paths = (value: unknown): readonly string[] => [...allowances(field(value))].map(({ path }) => path);

describe("a document allows", () => {
  const allow = { Effect: "Allow", Action: "*" };
  it.each([
    ["by a list of statements", { Statement: [allow, { Effect: "Deny" }, allow] }, ["[0]", "[2]"]],
    ["by one statement", { Statement: allow }, [""]],
    ["by JSON", JSON.stringify({ Statement: [allow] }), ["[0]"]],
    ["nothing by an effect in other letters", { Statement: { Effect: "allow" } }, []],
    ["nothing without statements", {}, []],
  ])("%s", (_, document, expected) => {
    expect(paths(document)).toEqual(expected.map((place) => `policy.Statement${place}`));
  });

  it("nothing where it is absent", () => {
    expect(paths(undefined)).toEqual([]);
  });
});

describe("a statement", () => {
  it("names one element or several", () => {
    expect([textsOf(field("a")), textsOf(field(["a", "b"])), textsOf(field(undefined))]).toEqual([
      ["a"],
      ["a", "b"],
      [],
    ]);
  });

  it("has conditions by operator and key", () => {
    const Condition = {
      StringEquals: { "AWS:SourceAccount": "1", x: ["2", "3"] },
      Bool: { "aws:SecureTransport": true },
    };
    expect(conditionsOf(field({ Condition }))).toEqual([
      { operator: "StringEquals", key: "aws:sourceaccount", values: ["1"] },
      { operator: "StringEquals", key: "x", values: ["2", "3"] },
      { operator: "Bool", key: "aws:securetransport", values: ["true"] },
    ]);
    expect(conditionsOf(field({}))).toEqual([]);
  });

  it("is about principals by type", () => {
    const of = (Principal: unknown): unknown =>
      principalsOf(field({ Principal })).map(([type, who]) => [type, who.text()]);
    expect(of("*")).toEqual([["AWS", "*"]]);
    expect(of({ AWS: ["a", "b"], Service: "s3.amazonaws.com" })).toEqual([
      ["AWS", "a"],
      ["AWS", "b"],
      ["Service", "s3.amazonaws.com"],
    ]);
    expect(of(undefined)).toEqual([]);
  });

  it.each([
    "StringEquals",
    "StringLike",
    "ArnEquals",
    "ArnLike",
    "ForAnyValue:StringLike",
    "StringEqualsIgnoreCase",
    "Bool",
    "IpAddress",
  ])("demands a value of its key by %s", (operator) => {
    expect(demanding.test(operator)).toBe(true);
  });

  it.each([
    "StringEqualsIfExists",
    "StringNotEquals",
    "ForAllValues:StringEquals",
    "NotIpAddress",
    "Null",
    "BoolIfExists",
    "IpAddressIfExists",
    "StringEqualsIgnoreCaseIfExists",
  ])("demands none by %s", (operator) => {
    expect(demanding.test(operator)).toBe(false);
  });

  it.each([
    ["s3:*", "s3:GetObject", true],
    ["S3:get*", "s3:GetObject", true],
    ["*", "s3:GetObject", true],
    ["s3:Get?bject", "s3:GetObject", true],
    ["s3:Put*", "s3:GetObject", false],
    ["s3:Get", "s3:GetObject", false],
    ["3:GetObject", "s3:GetObject", false],
  ])("by %s may mean %s: %j", (pattern, action, expected) => {
    expect(mayMean(pattern, action)).toBe(expected);
  });
});

describe("a statement about resources", () => {
  it.each([
    ["*"],
    ["**"],
    ["?*"],
    ["arn:aws:sqs:*:123456789012:*"],
    ["arn:aws:iam::123456789012:*/*"],
    ["arn:aws:logs:eu-west-1:1:*:*"],
    ["arn:aws:iam::*:role/*"],
    ["arn:aws:sns:eu-west-1:*:a:*"],
  ])("leaves %s open", (resource) => {
    expect(isAnyResource(field({ Resource: resource }))).toBe(true);
    expect(isAnyResource(field({ Resource: ["arn:aws:s3:::a", resource] }))).toBe(true);
  });

  it.each([
    ["arn:aws:s3:::bucket"],
    ["arn:aws:s3:::bucket/*"],
    ["arn:aws:iam::123456789012:role/*"],
    ["arn:aws:iam::*:role/app-*"],
    ["arn:aws:sqs:*:123456789012:orders"],
    ["?"],
    ["a*"],
    ["x arn:aws:sqs:*:1:*"],
  ])("narrows to %s", (resource) => {
    expect(isAnyResource(field({ Resource: resource }))).toBe(false);
  });

  it("leaves all open where it names none, or those that it is not about", () => {
    expect(isAnyResource(field({}))).toBe(true);
    expect(isAnyResource(field({ Resource: [] }))).toBe(true);
    expect(isAnyResource(field({ NotResource: "arn:aws:s3:::a", Resource: "arn:aws:s3:::b" }))).toBe(true);
  });
});
