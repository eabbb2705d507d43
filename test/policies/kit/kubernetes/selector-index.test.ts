/** The index finds exactly what trying every selector would find, in the same order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Field } from "../../../../policies/kit/reading/field";
import { selects } from "../../../../policies/kit/kubernetes/kubernetes";
import { Resource } from "../../../../policies/kit/reading/resource";
import { type Picker, SelectorIndex } from "../../../../policies/kit/kubernetes/selector-index";

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

  it("tries the objects that demand the rarest of their labels, and those that demand none", () => {
    const tried: string[] = [];
    const picker = (name: string, matchLabels: object, where = "shop"): Picker => ({
      resource: new Resource({ type: "kubernetes:policy/v1:PodDisruptionBudget", name, props: {} }),
      namespace: where,
      selector: new Field({
        get matchLabels() {
          tried.push(name);
          return matchLabels;
        },
      }),
    });
    const index = new SelectorIndex([
      picker("any", {}),
      picker("any of pay", {}, "pay"),
      picker("a, part first", { "part-of": "store", app: "a" }),
      picker("a, app first", { app: "a", "part-of": "store" }),
      picker("a of pay", { app: "a" }, "pay"),
      ...["b", "c", "d"].map((app) => picker(app, { "part-of": "store", app })),
    ]);
    tried.splice(0);
    index.picking("shop", new Map(Object.entries({ app: "a", "part-of": "store" })));
    expect([...new Set(tried)]).toEqual(["a, part first", "a, app first", "any"]);
  });
});
