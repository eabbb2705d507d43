/** The query of a business metric: which names stand in it, what they become, and whether a gate can stand around it. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { closesWhatItOpens, placeholdersIn, withHosts } from "../../../../components/delivery/app/metric-query";

test("names stand in double braces, with spaces or without", () => {
  expect(placeholdersIn("a{v='{{canary}}'} / a{v='{{ stable }}'} + {{}}")).toEqual(["canary", "stable", ""]);
  expect(placeholdersIn("a{v='canary'}")).toEqual([]);
});

test("hosts take their places, however the names are spaced; a name without a host stays", () => {
  const hosts = { canary: "shop-canary.shop", stable: "shop.shop" };
  expect(withHosts("a{v='{{canary}}'} / a{v='{{ stable }}'} - {{other}}", hosts)).toBe(
    "a{v='shop-canary.shop'} / a{v='shop.shop'} - {{other}}",
  );
});

test.each([
  ["a", true],
  ["sum(rate(a{v='{{canary}}'}[5m])) by (le)", true],
  [`a{v="it's (", w='"', x=\`\\\`}`, true],
  [`a{v="\\"("}`, true],
  [`a{v='\\'{'}`, true],
  [`a{v='#'}`, true],
  ["a{v='{{canary}}'", false],
  ["a{v='{{canary}}}", false],
  ["a)", false],
  ["(a]", false],
  ["[a)", false],
  ["{a)", false],
  ["(a", false],
  ["a # b", false],
  ['a{v="b\n"}', false],
  ["a{v=`b}", false],
  ["{{ {{canary}}", false],
  ["a'{{canary}}'(", false],
])("%s: %s", (query, closed) => {
  expect(closesWhatItOpens(query)).toBe(closed);
});

test("a closed query stays closed in brackets, and with one bracket more it is none", () => {
  const query = fc.constantFrom("a", "a{v='('}", "sum(a[5m])", '{v="]"}', "(({}))");
  fc.assert(
    fc.property(fc.array(query, { minLength: 1 }), fc.constantFrom(..."()[]{}"), (parts, more) => {
      const all = parts.join(" + ");
      expect(closesWhatItOpens(`0.9 - (${all})`)).toBe(true);
      expect(closesWhatItOpens(`${all}${more}`)).toBe(false);
    }),
  );
});
