/** Weights, capacity and time-outs are worded by what they mean, and own ids by the program's names. */
import { describe, expect, it } from "vitest";
import { compare } from "../../../../sandbox/display/difference/compare";
import { explainDifferences } from "../../../../sandbox/display/difference/meanings";
import { ownNames } from "../../../../sandbox/display/difference/own-names";
import { valueLines } from "../../../../sandbox/display/difference/lines";
import { UNKNOWN, type PropertyMap } from "../../../../sandbox/property/values";
import { flat, printed, words } from "./printed";

describe("meanings", () => {
  const group = (arn: string, weight: number): PropertyMap => ({ arn, weight });
  const listener = (blue: number, green: number, sticky: boolean): PropertyMap => ({
    defaultActions: [
      {
        type: "forward",
        forward: {
          targetGroups: [group("arn:aws:x:blue", blue), group("arn:aws:x:green", green)],
          ...(sticky ? { stickiness: { enabled: true, duration: 3600 } } : {}),
        },
      },
    ],
  });
  const names = ownNames([
    { urn: "urn:pulumi:p::p::aws:lb/targetGroup:TargetGroup::front-door-blue", outputs: { arn: "arn:aws:x:blue" } },
    { urn: "urn:pulumi:p::p::aws:lb/targetGroup:TargetGroup::front-door-green", outputs: { arn: "arn:aws:x:green" } },
  ]);

  it("weights are said by slot, and stickiness in hours", () => {
    const type = "aws:lb/listener:Listener";
    const [old, now] = [listener(100, 0, false), listener(95, 5, true)];
    const worded = explainDifferences({ type, old, now }, compare(type, old, now), { ...words, names });
    expect(worded.lines.map(flat)).toEqual([
      "weights blue 100 → 95, green 0 → 5",
      "stickiness off → on, 1 h (a client stays on its slot)",
    ]);
    expect(worded.rest).toEqual([]);
  });

  describe("of target groups whose ARN only the update knows", () => {
    const type = "aws:lb/listener:Listener";
    const later = (blue: number, green: number, ...arns: readonly string[]): PropertyMap => ({
      forward: { targetGroups: arns.map((arn, index) => group(arn, index === 0 ? blue : green)) },
    });
    const old = later(100, 0, "arn:aws:x:blue", "arn:aws:x:green");
    const text = (now: PropertyMap): string[] => {
      const worded = explainDifferences({ type, old, now }, compare(type, old, now), { ...words, names });
      return [...worded.lines, ...valueLines(worded.rest, { ...words, names })].map(flat);
    };

    it("the weight that stays stands with the slot, and its group below", () => {
      expect(text(later(100, 0, UNKNOWN, UNKNOWN))).toEqual([
        "blue 100 arn of front-door-blue → known after update",
        "green 0 arn of front-door-green → known after update",
      ]);
    });

    it("the weights that change come first, by slot", () => {
      expect(text(later(95, 5, UNKNOWN, UNKNOWN))).toEqual([
        "weights blue 100 → 95, green 0 → 5",
        "blue arn of front-door-blue → known after update",
        "green arn of front-door-green → known after update",
      ]);
    });

    it("a group that stays is no line, wherever it stands", () => {
      expect(text(later(0, 90, "arn:aws:x:green", UNKNOWN))).toEqual([
        "weights blue 100 → 90",
        "blue arn of front-door-blue → known after update",
        "forward.targetGroups order changed, same 2",
      ]);
    });

    it("a group more or less has no partner, and is shown as it is", () => {
      expect(text(later(100, 0, UNKNOWN))).toEqual([
        "forward.targetGroups",
        '  - {"arn":"arn of front-door-green","weight":0}',
        "forward.targetGroups[0].arn arn of front-door-blue → known after update",
      ]);
    });
  });

  it("a pool's most nodes are said beside its least", () => {
    const pool = (maxSize: number): PropertyMap => ({ scalingConfig: { minSize: 3, desiredSize: 5, maxSize } });
    expect(printed(pool(10), pool(12), "aws:eks/nodeGroup:NodeGroup")).toEqual([
      "nodes at most 10 → 12 (least 3; desired 5, the autoscaler's)",
    ]);
  });

  it("a time-out has its unit", () => {
    expect(printed({ idleTimeout: 60 }, { idleTimeout: 4000 }, "aws:lb/loadBalancer:LoadBalancer")).toEqual([
      "idleTimeout 60 s → 4000 s",
    ]);
  });

  it("the values of a chart count their leaves", () => {
    const values = (replicas: number): PropertyMap => ({
      values: { controller: { replicas, name: "x" }, other: true },
    });
    expect(printed(values(2), values(3), "kubernetes:helm.sh/v3:Release")).toEqual([
      "values 1 of 3 values differ",
      "  controller.replicas 2 → 3",
    ]);
  });
});

describe("own names", () => {
  const names = ownNames([
    { urn: "urn:pulumi:p::p::aws:s3/bucket:Bucket::logs", id: "fridayproof-logs", outputs: { arn: "arn:aws:s3:::l" } },
    { urn: "urn:pulumi:p::p::aws:ec2/vpc:Vpc::network-vpc", id: "vpc-0a1b2c3d4e", outputs: {} },
  ]);

  it("replace an ARN, what lies inside of it, and a generated id", () => {
    expect(["arn:aws:s3:::l", "arn:aws:s3:::l/*", "vpc-0a1b2c3d4e"].map(names)).toEqual([
      "arn of logs",
      "arn of logs/*",
      "id of network-vpc",
    ]);
  });

  it("leave a chosen name, a longer ARN and another account's as they are", () => {
    const others = ["fridayproof-logs", "arn:aws:s3:::logs", "arn:aws:iam::1:role/x"];
    expect(others.map(names)).toEqual(others);
  });
});
