/** Names fit AWS whatever they are made of, and different names stay different. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NameKind } from "../../../components/core/names";
import { autoNamed, NAME_RULES, nameProblems, physicalName, shorten, shortHash } from "../../../components/core/names";
import { messageOf } from "../../support/message-of";

const part = fc.stringMatching(/^[a-z][a-z0-9]{0,40}$/);

describe("physical names", () => {
  test("short ones are their parts", () => {
    expect(physicalName("eksCluster", ["fridayproof", "dev", "blue"])).toBe("fridayproof-dev-blue");
  });

  test("long ones are cut and carry a hash of the whole", () => {
    const name = physicalName("targetGroup", ["fridayproof", "production", "observability", "blue"]);
    expect(name.length).toBeLessThanOrEqual(32);
    expect(name.startsWith("fridayproof-production")).toBe(true);
  });

  test("any parts give a name that the kind accepts", () => {
    const kinds = (Object.keys(NAME_RULES) as NameKind[]).filter((kind) => kind !== "kmsAlias");
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.array(part, { minLength: 1, maxLength: 8 }), (kind, parts) => {
        const name = physicalName(kind, parts);
        expect(nameProblems(kind, "name", name)).toEqual([]);
        expect(physicalName(kind, parts)).toBe(name);
      }),
    );
  });

  test("two long names that differ only at their ends stay different", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 9999 }), (a, b) => {
        fc.pre(a !== b);
        const long = "fridayproof-production-cluster-blue";
        expect(shorten(`${long}-${a}`, 32)).not.toBe(shorten(`${long}-${b}`, 32));
      }),
    );
  });

  test("empty parts and refused characters are all reported", () => {
    expect(messageOf(() => physicalName("loadBalancer", ["fridayproof", "", "dev_1"]))).toBe(
      [
        "2 problems in a name of kind loadBalancer:",
        '  parts[1]: got ""; allowed: some text; fix: Leave no part empty.',
        '  parts: got "fridayproof--dev_1"; allowed: letters, digits and dashes, with no dash at either end; fix: Leave the other characters out.',
      ].join("\n"),
    );
  });

  test("a name that is too long says how long it may be and where that stands", () => {
    expect(nameProblems("targetGroup", "name", "x".repeat(33))).toEqual([
      {
        path: "name",
        got: "x".repeat(33),
        allowed:
          "1 to 32 characters (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html)",
        fix: "Use a shorter name; this one has 33.",
      },
    ]);
  });

  test("a logical name leaves room for Pulumi's suffix", () => {
    expect(autoNamed("targetGroup", "x".repeat(60)).length).toBeLessThanOrEqual(24);
    expect(autoNamed("targetGroup", "alb")).toBe("alb");
  });

  test("the hash is FNV-1a, by its published vectors", () => {
    expect(shortHash("")).toBe("811c9dc5");
    expect(shortHash("a")).toBe("e40c292c");
    expect(shortHash("foobar")).toBe("bf9cf968");
  });
});
