/** What differs between two sets of inputs, and how it is printed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare } from "../../../../sandbox/display/difference/compare";
import { valueLines, type ValueLine } from "../../../../sandbox/display/difference/lines";
import { wordMeanings } from "../../../../sandbox/display/difference/meanings";
import { ownNames } from "../../../../sandbox/display/difference/own-names";
import { equal, secret, UNKNOWN, type PropertyMap, type Value } from "../../../../sandbox/property/values";

const words = { names: (text: string) => text, unknown: "known after update" };

function flat({ depth, label, text, old, now, note }: ValueLine): string {
  const value = old === undefined ? text : `${old} → ${now ?? ""}`;
  return "  ".repeat(depth) + [label, value, note].filter((part) => part !== undefined && part !== "").join(" ");
}

const TYPE = "aws:s3/bucket:Bucket";

function printed(old: PropertyMap, now: PropertyMap, type = TYPE): string[] {
  const subject = { type, old, now };
  const worded = wordMeanings(subject, compare(type, old, now), words);
  return [...worded.lines, ...valueLines(worded.rest, words)].map(flat);
}

describe("a value that changes", () => {
  it("is printed old and new, with its path", () => {
    expect(printed({ a: { b: 1, c: 2 } }, { a: { b: 3, c: 2 } })).toEqual(["a.b 1 → 3"]);
  });

  it("is (none) where it was not there, or is not there any more", () => {
    expect(printed({ a: "x" }, { b: "y" })).toEqual(["b (none) → y", "a x → (none)"]);
  });

  it("is quoted where its text looks like something else", () => {
    expect(printed({ a: "", b: " x", c: "1" }, { a: "true", b: "x", c: 1 })).toEqual([
      'a "" → "true"',
      'b " x" → x',
      'c "1" → 1',
    ]);
  });

  it("is printed below its parent, which is named once", () => {
    const memory = (requests: string, limits: string): PropertyMap => ({ a: { resources: { requests, limits } } });
    expect(printed(memory("1Gi", "2Gi"), memory("2Gi", "4Gi"))).toEqual([
      "a.resources",
      "  requests 1Gi → 2Gi",
      "  limits 2Gi → 4Gi",
    ]);
  });

  it("is named by what it waits for where only the update knows it", () => {
    expect(printed({ a: "x" }, { a: UNKNOWN })).toEqual(["a x → known after update"]);
  });

  it("of the provider's bookkeeping is not one", () => {
    expect(printed({ __defaults: ["a"] }, { __defaults: [] })).toEqual([]);
  });
});

describe("a list", () => {
  it("says what went, what came, and how many are equal", () => {
    expect(printed({ names: ["a", "b", "c"] }, { names: ["a", "c", "d"] })).toEqual([
      "names 2 equal",
      "  - b",
      "  + d",
    ]);
  });

  it("whose order changed says that the elements are the same", () => {
    expect(printed({ names: ["a", "b", "c"] }, { names: ["c", "a", "b"] })).toEqual(["names order changed, same 3"]);
  });

  it("that is a set in AWS has no order", () => {
    expect(printed({ subnetIds: ["a", "b"] }, { subnetIds: ["b", "a"] })).toEqual([]);
  });

  it("pairs its elements by identity, wherever they stand, and names the one that changed", () => {
    const old = {
      env: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    };
    const now = {
      env: [
        { name: "C", value: "3" },
        { name: "A", value: "1" },
        { name: "B", value: "4" },
      ],
    };
    expect(printed(old, now)).toEqual(["env 1 equal", '  + {"name":"C","value":"3"}', 'env "B", value "2" → "4"']);
  });

  it("names a changed element without an identity by what both sides have in common", () => {
    const rule = (port: number): PropertyMap => ({ protocol: "tcp", fromPort: port, toPort: 443, cidr: "10.0.0.0/8" });
    expect(printed({ ingress: [rule(1), { a: 1 }] }, { ingress: [rule(2), { a: 1 }] })).toEqual([
      'ingress "tcp", fromPort 1 → 2',
    ]);
  });

  it("of one object is that object", () => {
    expect(printed({ a: [{ x: 1, y: 2 }] }, { a: [{ x: 3, y: 4 }] })).toEqual(["a[0]", "  x 1 → 3", "  y 2 → 4"]);
  });
});

describe("a text", () => {
  const policy = (...actions: string[]): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "Look", Effect: "Allow", Action: actions, Resource: "*" }],
    });

  it("that holds JSON is compared as a document", () => {
    expect(printed({ policy: policy("a:B", "c:D", "e:F") }, { policy: policy("a:B", "e:F", "g:H") })).toEqual([
      "policy 1 of 7 values differ",
      '  Statement "Look", Action 2 equal',
      "    - c:D",
      "    + g:H",
    ]);
  });

  it("that holds an IAM policy has actions without an order", () => {
    expect(printed({ policy: policy("a:B", "c:D") }, { policy: policy("c:D", "a:B") })).toEqual([
      "policy text differs, same document",
    ]);
  });

  it("that holds YAML is compared as a document, comments aside", () => {
    expect(printed({ file: "# one\na: 1\nb: 2\n" }, { file: "# two\na: 1\nb: 3\n" })).toEqual([
      "file 1 of 2 values differ",
      "  b 2 → 3",
    ]);
  });

  it("of several lines shows the changed ones with one around them", () => {
    const old = "#!/bin/sh\none\ntwo\nthree\nfour\nfive";
    expect(printed({ script: old }, { script: old.replace("three", "3") })).toEqual([
      "script",
      "    two",
      "  - three",
      "  + 3",
      "    four",
    ]);
  });

  it("of many changed lines counts those it leaves out", () => {
    const lines = (sign: string): string => Array.from({ length: 20 }, (_, at) => `echo ${sign} ${at};`).join("\n");
    expect(printed({ script: lines("a") }, { script: lines("b") }).at(-1)).toBe("  28 lines more (--diff)");
  });
});

describe("a secret", () => {
  it("says that it differs, and nothing else", () => {
    expect(printed({ a: secret("old value") }, { a: secret("new value") })).toEqual(["a (secret), differs"]);
  });

  it("that only the update knows is not compared", () => {
    expect(printed({ a: secret("old value") }, { a: secret(UNKNOWN) })).toEqual(["a (secret), not compared"]);
  });

  it("that was in the clear is hidden from now on", () => {
    expect(printed({ a: "value" }, { a: secret("value") })).toEqual(["a (secret), same, and hidden from now on"]);
  });

  it("inside of an element that comes is closed", () => {
    expect(printed({ a: [] }, { a: [{ x: secret("value") }] })).toEqual(["a", '  + {"x":"(secret)"}']);
  });
});

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
    const worded = wordMeanings({ type, old, now }, compare(type, old, now), { ...words, names });
    expect(worded.lines.map(flat)).toEqual([
      "weights blue 100 → 95, green 0 → 5",
      "stickiness off → on, 1 h (a client stays on its slot)",
    ]);
    expect(worded.rest).toEqual([]);
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

/** Inputs whose every leaf is a text of its own: what is printed of it can be found. */
const leaf = fc.uuid().map((id): Value => `v-${id}`);
const tree = fc.letrec<{ value: Value; object: PropertyMap }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "b", "name", "subnetIds", "x.y"), tie("value"), { maxKeys: 4 }),
  ),
  object: fc.dictionary(fc.constantFrom("a", "b", "c", "values"), tie("value"), { maxKeys: 4 }),
}));

const leavesIn = (value: Value): string[] =>
  [...JSON.stringify(value).matchAll(/v-[0-9a-f-]{36}/g)].map(([text]) => text).sort();

describe("every leaf that differs", () => {
  it("is printed, and nothing is printed where nothing differs", () => {
    fc.assert(
      fc.property(tree.object, tree.object, fc.boolean(), (old, other, isSame) => {
        const now = isSame ? old : { ...old, ...other };
        const text = printed(old, now).join("\n");
        if (equal(old, now)) return text === "";
        const [before, after] = [leavesIn(old), leavesIn(now)];
        const differing = [
          ...before.filter((one) => !after.includes(one)),
          ...after.filter((one) => !before.includes(one)),
        ];
        return differing.every((one) => text.includes(one));
      }),
      { numRuns: 300 },
    );
  });

  it("stays closed where it is secret, wherever it stands", () => {
    fc.assert(
      fc.property(tree.object, tree.object, (old, other) => {
        const sealed = (map: PropertyMap): PropertyMap =>
          Object.fromEntries(Object.entries(map).map(([key, value]) => [key, [secret(value), { in: secret(value) }]]));
        return !printed(sealed(old), sealed(other)).join("\n").includes("v-");
      }),
    );
  });
});
