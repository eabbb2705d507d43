/** Whatever two sets of inputs are: what differs is printed, and no secret is. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { equal, secret, type PropertyMap, type Value } from "../../../../sandbox/property/values";
import { printed } from "./printed";

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
