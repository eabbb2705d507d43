/** Rules of the form "property X of type T must satisfy P", declared as data. */
import type { Field } from "../reading/field";
import { valueText, violation } from "../finding/finding";
import { type Remedy, set } from "../finding/remedy";
import type { Resource } from "../reading/resource";
import { type About, type Context, type ResourceRule, resourceRule } from "./rule";
import type { Settings, Values } from "./settings";
import type { ResourceType } from "../reading/types";

/** Readers of a property by the name of its type. */
interface Readings {
  readonly number: number;
  readonly text: string;
  readonly flag: boolean;
}

/** A rule about one property of a resource. */
export interface SimpleRule<R extends keyof Readings, S extends Settings> extends About<S> {
  readonly resourceTypes: readonly ResourceType[];
  /** The property, key by key from the top. */
  readonly property: readonly string[];
  /** Type as which it is read; a value of another type is a finding of its own. */
  readonly reads: R;
  /** Default of AWS or Kubernetes where the property is not set. @default none */
  readonly unset?: Readings[R];
  /** Unit of a number, for messages. @default none */
  readonly unit?: string;
  /** Whether the rule skips this resource, or this run. @default never */
  readonly unless?: (resource: Resource, context: Context) => boolean;
  /** Whether the value is accepted; undefined where it is not set and has no default. */
  readonly accepts: (value: Readings[R] | undefined, values: Values<S>) => boolean;
  /** The accepted values for the message. */
  readonly expected: (values: Values<S>) => string;
  /** An accepted value, which the fix sets. */
  readonly value: (values: Values<S>) => Readings[R];
  /** Whether the pack sets that value itself where a configuration asks for it (`remediate`). @default false */
  readonly mends?: boolean;
  /** The fix, where it is more than to set {@link value}, or another one. @default sets the value */
  readonly fix?: (field: Field, values: Values<S>) => Remedy;
}

const readers: { readonly [R in keyof Readings]: (field: Field) => Readings[R] | undefined } = {
  number: (field) => field.number(),
  text: (field) => field.text(),
  flag: (field) => field.flag(),
};

/** Declares a rule about one property. */
export function simpleRule<R extends keyof Readings, S extends Settings>(
  rule: SimpleRule<R, S>,
): ResourceRule<S> & { readonly scope: "resource" } {
  const { property, reads, unset, unit, unless, accepts, expected, value, mends, fix, ...about } = rule;
  const inUnit = (text: string): string => (unit === undefined ? text : `${text} ${unit}`);
  const gotOf = (stated: Readings[R] | undefined): string => {
    if (stated !== undefined) return inUnit(valueText(stated));
    return unset === undefined ? "nothing" : `nothing, which means ${inUnit(String(unset))}`;
  };
  return resourceRule({
    ...about,
    *check(resource, values, context) {
      if (unless?.(resource, context) === true) return;
      const field = resource.at(...property);
      const stated = readers[reads](field);
      if (accepts(stated ?? unset, values)) return;
      yield violation(resource, {
        at: field.path,
        got: gotOf(stated),
        expected: expected(values),
        fix: fix === undefined ? set(field, value(values)) : fix(field, values),
      });
    },
    ...(mends === true && {
      remedy: (_resource: Resource, values: Values<S>) => [{ path: property, value: value(values) }],
    }),
  });
}
