/** Answers of the data sources. */
import { expect, it } from "vitest";
import type { PropertyMap } from "../../../../sandbox/property/values";
import { Cloud, errorOf } from "./cloud";

const invoke = (token: string, args: PropertyMap, cloud = new Cloud()): PropertyMap =>
  cloud.provider.invoke(token, args);

it("says who calls: the assumed role, not its user", () => {
  expect(invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).toMatchObject({
    accountId: "000000000000",
    arn: "arn:aws:sts::000000000000:assumed-role/fridayproof-deploy/sandbox",
  });
  expect(invoke("aws:index/getRegion:getRegion", {})).toMatchObject({ region: "us-east-1", id: "us-east-1" });
});

it.each(["us-east-1", "us-west-2"])("finds the seed's zones and the newest issued certificate in %s", (region) => {
  const cloud = new Cloud(region);
  for (const domain of ["example.com", "dev.example.com", "staging.example.com"]) {
    expect(invoke("aws:route53/getZone:getZone", { name: `${domain}.` }, cloud).zoneId).toMatch(/^Z[0-9A-F]{20}$/);
  }
  const tags = { purpose: "all" };
  const subjectAlternativeNames = ["*.example.com", "dev.example.com"];
  const args = { domainName: "example.com", subjectAlternativeNames, tags, validationMethod: "DNS" };
  const [old, made] = ["old", "new"].map((name) => cloud.make("aws:acm/certificate:Certificate", name, args));
  const newest = (by: PropertyMap): PropertyMap =>
    invoke("aws:acm/getCertificate:getCertificate", { ...by, statuses: ["ISSUED"], mostRecent: true }, cloud);
  expect(() => newest({ tags })).toThrow('no certificate for {"purpose":"all"} with status ISSUED');
  const { zoneId = "" } = invoke("aws:route53/getZone:getZone", { name: "example.com" }, cloud);
  const options = (made?.outputs.domainValidationOptions ?? []) as Record<string, string>[];
  for (const { resourceRecordName: name = "", resourceRecordValue = "" } of [options[0] ?? {}, options[2] ?? {}]) {
    const record = { zoneId, name, type: "CNAME", ttl: 300, records: [resourceRecordValue] };
    cloud.make("aws:route53/record:Record", name, record);
  }
  for (const { id } of [old, made].filter((each) => each !== undefined))
    cloud.make("aws:acm/certificateValidation:CertificateValidation", `of ${id}`, { certificateArn: id });
  expect(newest({ tags })).toMatchObject({ arn: made?.id, domain: "example.com", status: "ISSUED", tags });
  expect(newest({ domain: "example.com" }).arn).toContain(`:${region}:`);
  expect(() => newest({ tags: { purpose: "none" } })).toThrow("no certificate for");
  // A certificate's other names do not find it.
  expect(() => newest({ domain: "dev.example.com" })).toThrow("no certificate for dev.example.com");
});

it("asks for one record per name of an account, whichever certificate and region it is for", () => {
  const records = (region: string, name: string) =>
    new Cloud(region).make("aws:acm/certificate:Certificate", name, {
      domainName: "example.com",
      subjectAlternativeNames: ["*.example.com"],
      validationMethod: "DNS",
    }).outputs.domainValidationOptions as PropertyMap[];
  const [apex, wildcard] = records("us-east-1", "one");
  expect({ ...apex, domainName: "" }).toEqual({ ...wildcard, domainName: "" });
  expect(records("us-west-2", "two")).toEqual([apex, wildcard]);
});

it("says what it looked for when nothing fits", () => {
  expect(errorOf(() => invoke("aws:route53/getZone:getZone", { name: "example.org" }))).toBe(
    "NotFound: no hosted zone example.org in this account",
  );
  expect(errorOf(() => invoke("aws:acm/getCertificate:getCertificate", { domain: "example.org" }))).toBe(
    "NotFound: no certificate for example.org with status ISSUED in us-east-1 in this account",
  );
  expect(errorOf(() => invoke("aws:ec2/getAmi:getAmi", {}))).toBe(
    "UnknownDataSource: the sandbox does not support aws:ec2/getAmi:getAmi. Add one row to DATA_SOURCES in sandbox/cloud/aws/invokes.ts.",
  );
});
