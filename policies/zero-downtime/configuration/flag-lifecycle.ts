/** Rule flag-lifecycle. */
import { addDays, dayOf, daysBetween, isDay } from "@fridayproof/components/core";
import { flagLimits } from "../../limits/feature-flags";
import type { Field } from "../../kit/reading/field";
import { nameOr, type Finding, valueText, violation } from "../../kit/finding/finding";
import { example, fix, type Remedy, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, resourceRule } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";

/** Every feature flag has an owner and an end. */
export const flagLifecycle = resourceRule({
  id: "flag-lifecycle",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A feature flag without an owner or a removal date, or whose date has passed or is too far away.",
  prevents: "A forgotten flag revives code that nobody has run for a year.",
  source: "Pete Hodgson, Feature Toggles, managing the carrying cost",
  settings: {
    days: quantity(flagLimits.flagAtMost, "higher", { minimum: 1 }),
    notice: quantity(flagLimits.flagNotice, "lower", { minimum: 0 }),
  },
  resourceTypes: [types.featureFlags],
  limits:
    "Owner and date stand in the flag's values as attributes `owner` and `removeBy`, in each variant where it has some.",
  examples: {
    bad: '{"flags":{"checkout":{"name":"checkout"}},"values":{"checkout":{"enabled":true}}}',
    good: '{…,"values":{"checkout":{"enabled":true,"owner":"payments","removeBy":"2027-03-01"}}}',
  },
  check: (version, { days, notice }, { now }) => {
    const content = version.at("content").json();
    const flags = content.at("flags").members();
    return eachPart(version, flags, ([name]) => check(version, name, content, { now, days, notice }));
  },
});

interface Time {
  readonly now: Date;
  /** How far away a removal may be. */
  readonly days: number;
  /** How long before it is spoken of. */
  readonly notice: number;
}

function* check(version: Resource, name: string, content: Field, time: Time): Iterable<Finding> {
  const values = content.at("values", name);
  const variants = values.at("_variants").list();
  const attributeSets = variants.length === 0 ? [values] : variants.map((variant) => variant.at("attributeValues"));
  const flag = nameOr(name, "a flag");
  for (const attributes of attributeSets) {
    yield* ownerless(version, attributes.at("owner"), flag);
    yield* undated(version, attributes.at("removeBy"), flag, time);
  }
  // A flag goes as a whole: one finding, however many variants say when.
  const dates = attributeSets
    .map((attributes) => attributes.at("removeBy"))
    .filter((field) => isDay(field.textOrEmpty()));
  const [first] = dates.sort((one, other) => (one.textOrEmpty() < other.textOrEmpty() ? -1 : 1));
  const removal = fix`${remove(content.at("flags", name))} and ${remove(values)}, and its dead branch`;
  if (first !== undefined) yield* near(version, first, removal, time);
}

function* ownerless(version: Resource, owner: Field, flag: string): Iterable<Finding> {
  if (/[\p{L}\p{N}]/u.test(owner.textOrEmpty())) return;
  yield violation(version, {
    at: owner.path,
    got: `no owner of ${flag}`,
    expected: "a team",
    fix: example(set(owner, "payments"), "the team that owns it"),
  });
}

function* undated(version: Resource, field: Field, flag: string, { now, days }: Time): Iterable<Finding> {
  const day = field.textOrEmpty();
  const latest = addDays(dayOf(now), days);
  const dated = example(set(field, latest), "the day on which somebody decides about it");
  if (!isDay(day)) {
    const got = field.isSet() ? valueText(day) : `no removal date of ${flag}`;
    yield violation(version, { at: field.path, got, expected: "a day, YYYY-MM-DD", fix: dated });
  } else if (day > latest) {
    yield violation(version, {
      at: field.path,
      got: `${day}, which is further away than ${days} days`,
      expected: `a day until ${latest}`,
      fix: dated,
    });
  }
}

/** The end of a flag: passed, or so near that its removal should have begun. */
function* near(version: Resource, field: Field, removal: Remedy, { now, notice }: Time): Iterable<Finding> {
  const day = field.textOrEmpty();
  const left = daysBetween(dayOf(now), day);
  if (left < 0) {
    const got = `${day}, which has passed`;
    yield violation(version, { at: field.path, got, expected: "a day to come", fix: removal });
  } else if (left <= notice) {
    const got = left === 0 ? `${day}, which is today` : `${day}, which is in ${left} days`;
    const expected = "the flag gone by then: the day after, no plan with it passes";
    yield violation(version, { at: field.path, got, expected, fix: removal, advisory: true });
  }
}
