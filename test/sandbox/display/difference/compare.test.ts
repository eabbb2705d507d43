/** What differs between two sets of inputs, and how it is printed. */
import { describe, expect, it } from "vitest";
import { secret, UNKNOWN, type PropertyMap } from "../../../../sandbox/property/values";
import { printed } from "./printed";

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

  it("that holds JSON inside of a document is a part of it, and as a whole where only its form differs", () => {
    const outer = (size: string): PropertyMap => ({ a: JSON.stringify({ inner: size, other: 1 }) });
    expect(printed(outer('{"b":[1,2],"c":"x"}'), outer('{"b":[1,2,3],"c":"y"}'))).toEqual([
      "a 2 of 2 values differ",
      "  inner",
      "    b 2 equal",
      "      + 3",
      "    c x → y",
    ]);
    expect(printed(outer('{"b":1}'), outer('{ "b": 1 }'))).toEqual([
      "a 1 of 2 values differ",
      '  inner {"b":1} → { "b": 1 }',
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
    expect(printed({ script: lines("a") }, { script: lines("b") }).at(-1)).toBe("  28 lines more (--full)");
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
