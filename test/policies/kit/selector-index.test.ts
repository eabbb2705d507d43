/** The index finds exactly what trying every selector would find, in the same order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Field } from "../../../policies/kit/field";
import { selects } from "../../../policies/kit/kubernetes";
import { Resource } from "../../../policies/kit/resource";
import { SelectorIndex } from "../../../policies/kit/selector-index";

const key = fc.constantFrom("app", "tier", "part-of");
const value = fc.constantFrom("a", "b", "c");
const labels = fc.dictionary(key, value, { maxKeys: 3 });
const expression = fc.record({
  key,
  operator: fc.constantFrom("In", "NotIn", "Exists", "DoesNotExist"),
  values: fc.array(value, { maxLength: 2 }),
});
const selector = fc.option(
  fc.record({ matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 2 }) }, { requiredKeys: [] }),
  { nil: undefined },
);
const namespace = fc.constantFrom("shop", "pay");

describe("a selector index", () => {
  it("answers as a search through all selectors would", () => {
    const picker = fc.record({ namespace, selector });
    fc.assert(
      fc.property(fc.array(picker, { maxLength: 12 }), namespace, labels, (given, where, pod) => {
        const pickers = given.map((one, index) => ({
          resource: new Resource({ type: "kubernetes:policy/v1:PodDisruptionBudget", name: String(index), props: {} }),
          namespace: one.namespace,
          selector: new Field(one.selector),
        }));
        const all = new Map(Object.entries(pod));
        const expected = pickers.filter((one) => one.namespace === where && selects(one.selector, all));
        const found = new SelectorIndex(pickers).picking(where, all);
        expect(found.map(({ name }) => name)).toEqual(expected.map(({ resource }) => resource.name));
      }),
    );
  });
});
