/** What a person writes of an outage: what it means, and what is refused with a sentence. */
import { describe, expect, it } from "vitest";
import { loadFacts } from "../../../../sandbox/cloud/aws/object/facts";
import { readOutages, type OutageTexts } from "../../../../sandbox/cloud/outage/outage";

const facts = loadFacts();
const read = (texts: OutageTexts) => readOutages(texts, facts);
const REGIONS = "us-east-1, us-west-2, us-east-2, eu-west-1, eu-central-1, ap-southeast-2";

it("is nothing where nothing is lost, whatever else is said", () => {
  expect(read({})).toBeUndefined();
  expect(read({ strict: true, callTimeout: 2 })).toBeUndefined();
});

it("reads regions, zones and services, and waits thirty seconds unless another time is given", () => {
  expect(
    read({
      denyRegion: ["us-east-1", "us-west-2:hang", "eu-west-1:flap:7"],
      denyZone: ["use1-az4"],
      denyService: ["sts:us-east-1"],
    }),
  ).toEqual({
    regions: [
      { region: "us-east-1", mode: "deny", seed: 1 },
      { region: "us-west-2", mode: "hang", seed: 1 },
      { region: "eu-west-1", mode: "flap", seed: 7 },
    ],
    zones: ["use1-az4"],
    services: [{ service: "sts", region: "us-east-1" }],
    strict: false,
    callTimeout: 30,
  });
  expect(read({ denyZone: ["use1-az4"], strict: true, callTimeout: 0.5 })).toMatchObject({
    strict: true,
    callTimeout: 0.5,
  });
});

describe("refuses", () => {
  const forms = "us-east-1, us-east-1:hang, us-east-1:flap, or us-east-1:flap:7 with a seed";
  const form = "a service and its region, such as sts:us-east-1 or ecr:us-west-2";
  it.each<[OutageTexts, string]>([
    [{ denyRegion: ["us-eas-1"] }, `--deny-region us-eas-1: allowed: ${REGIONS}. Did you mean us-east-1?`],
    [{ denyRegion: [""] }, `--deny-region : allowed: ${REGIONS}.`],
    [{ denyRegion: ["us-east-1:dead"] }, `--deny-region us-east-1:dead: allowed: ${forms}.`],
    [{ denyRegion: ["us-east-1:flap:x"] }, `--deny-region us-east-1:flap:x: allowed: ${forms}.`],
    [{ denyRegion: ["us-east-1:hang:3"] }, `--deny-region us-east-1:hang:3: allowed: ${forms}.`],
    [{ denyRegion: ["us-east-1:flap:7:8"] }, `--deny-region us-east-1:flap:7:8: allowed: ${forms}.`],
    [
      { denyZone: ["use1-az44"] },
      "--deny-zone use1-az44: allowed: the id of a zone, such as use1-az4. Did you mean use1-az4?",
    ],
    [{ denyService: ["sts"] }, `--deny-service sts: allowed: ${form}.`],
    [{ denyService: ["sts:us-east-1:x"] }, `--deny-service sts:us-east-1:x: allowed: ${form}.`],
    [{ denyService: ["sts:us-east-9"] }, `--deny-service sts:us-east-9: allowed: ${REGIONS}. Did you mean us-east-1?`],
  ])("%j", (texts, message) => {
    expect(() => read(texts)).toThrow(expect.objectContaining({ message, exitCode: 2 }) as Error);
  });

  it("a service that the table does not name, with the one that may be meant", () => {
    expect(() => read({ denyService: ["ekss:us-east-1"] })).toThrow(
      /^--deny-service ekss:us-east-1: allowed: ec2, vpc, .*\. Did you mean eks\?$/,
    );
  });
});
