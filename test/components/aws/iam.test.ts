/** Documents of IAM: the JSON that AWS gets, key by key. */
import { describe, expect, it } from "vitest";
import { policyDocument, policyJson, tlsOnly } from "../../../components/aws/iam";

const statement = { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" } as const;
const json =
  '{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":["s3:GetObject"],"Resource":"*"}]}';

describe("a policy document", () => {
  it("names the version of the language that knows variables", () => {
    expect(policyDocument([statement])).toEqual({ Version: "2012-10-17", Statement: [statement] });
  });

  it("is JSON without white space, keys in the order in which they are written", () => {
    expect(policyJson([statement])).toBe(json);
    expect(policyJson([{ Action: "s3:*", Principal: "*", Effect: "Deny" }])).toBe(
      '{"Version":"2012-10-17","Statement":[{"Action":"s3:*","Principal":"*","Effect":"Deny"}]}',
    );
  });

  it("closes a bucket to whoever comes without TLS", () => {
    expect(policyJson([tlsOnly("arn:aws:s3:::logs")])).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"NobodyWithoutTls","Effect":"Deny","Principal":"*","Action":"s3:*",' +
        '"Resource":["arn:aws:s3:::logs","arn:aws:s3:::logs/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
    );
  });
});
