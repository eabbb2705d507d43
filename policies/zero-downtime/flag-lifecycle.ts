/** Rule flag-lifecycle. */
import { addDays, dayOf, isDay } from "@fridayproof/components/core";
import { policyBounds } from "../limits/policy-bounds";
import type { Field } from "../kit/field";
import { nameOr, type Finding, shown, violation } from "../kit/finding";
import { example, fix, remove, set } from "../kit/remedy";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { quantity } from "../kit/settings";
import { types } from "../kit/types";

/** Every feature flag has an owner and an end. */
export const flagLifecycle = resourceRule({
  id: "flag-lifecycle",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A feature flag without an owner or a removal date, or whose date has passed or is too far away.",
  prevents: "A forgotten flag revives code that nobody has run for a year.",
  source: "Pete Hodgson, Feature Toggles, managing the carrying cost",
  settings: { days: quantity(policyBounds.flagAtMost, "higher", { minimum: 1 }) },
  resourceTypes: [types.featureFlags],
  limits: "Owner and date stand in the flag's values as attributes `owner` and `removeBy`.",
  examples: {
    bad: '{"flags":{"checkout":{"name":"checkout"}},"values":{"checkout":{"enabled":true}}}',
    good: '{…,"values":{"checkout":{"enabled":true,"owner":"payments","removeBy":"2027-03-01"}}}',
  },
  check: (version, { days }, { now }) => {
    const content = version.at("content").json();
    const flags = content.at("flags").members();
    return eachPart(version, flags, ([name]) => check(version, name, content, { now, days }));
  },
});

interface Time {
  readonly now: Date;
  /** How far away a removal may be. */
  readonly days: number;
}

function* check(version: Resource, name: string, content: Field, { now, days }: Time): Iterable<Finding> {
  const values = content.at("values", name);
  const flag = nameOr(name, "a flag");
  if (!/[\p{L}\p{N}]/u.test(values.at("owner").textOrEmpty())) {
    yield violation(version, {
      at: values.at("owner").path,
      got: `no owner of ${flag}`,
      expected: "a team",
      fix: example(set(values.at("owner"), "payments"), "the team that answers for it"),
    });
  }
  const field = values.at("removeBy");
  const day = field.textOrEmpty();
  const latest = addDays(dayOf(now), days);
  const dated = example(set(field, latest), "the day on which somebody decides about it");
  if (!isDay(day)) {
    const got = field.isSet() ? shown(day) : `no removal date of ${flag}`;
    yield violation(version, { at: field.path, got, expected: "a day, YYYY-MM-DD", fix: dated });
    return;
  }
  if (day > latest) {
    yield violation(version, {
      at: field.path,
      got: `${day}, which is further away than ${days} days`,
      expected: `a day until ${latest}`,
      fix: dated,
    });
    return;
  }
  if (dayOf(now) <= day) return;
  yield violation(version, {
    at: field.path,
    got: `${day}, which has passed`,
    expected: "a day to come",
    fix: fix`${remove(content.at("flags", name))} and ${remove(values)}, and its dead branch`,
  });
}
