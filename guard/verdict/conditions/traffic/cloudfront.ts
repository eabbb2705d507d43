/** CloudFront: cache behaviors and origins. */
import { canonical } from "../../plans/difference";
import { isAbsent, isMap, listAt, numberOf, textAt, valueAt, type Values } from "../../plans/values";
import {
  type Conditions,
  type Context,
  degrades,
  downtime,
  type Outcome,
  safe,
  unknown,
  worstOf,
} from "../core/condition";
import { blocksAt } from "../core/lists";

const DEFAULT = "the default";

/** Cache behaviors by their path patterns. */
function behavioursOf(values: Values | undefined): ReadonlyMap<string, Values> {
  const main = listAt(values, "defaultCacheBehavior")
    .filter(isMap)
    .map((one): [string, Values] => [DEFAULT, one]);
  const others = listAt(values, "orderedCacheBehaviors")
    .filter(isMap)
    .map((one): [string, Values] => [textAt(one, "pathPattern") ?? "*", one]);
  return new Map([...main, ...others]);
}

const differs = (old: Values, next: Values, path: string): boolean =>
  canonical(valueAt(old, path) ?? null) !== canonical(valueAt(next, path) ?? null);

const SIGNERS = ["trustedKeyGroups", "trustedSigners"];

const CODE = ["lambdaFunctionAssociations", "functionAssociations"];

/** One cache behavior before and after. */
function behaviourOutcome(name: string, old: Values, next: Values, when: string): Outcome {
  const methods = (values: Values): readonly unknown[] => listAt(values, "allowedMethods");
  const refused = methods(old).filter((method) => !methods(next).includes(method));
  if (refused.length > 0) return downtime(`${name} no longer accepts ${refused.map(String).join(", ")}`);
  if (SIGNERS.some((path) => isAbsent(valueAt(old, path)) && !isAbsent(valueAt(next, path))))
    return downtime(`${name} answers only signed requests from now on`);
  if (differs(old, next, "targetOriginId"))
    return unknown(
      `${name} is served by ${String(valueAt(next, "targetOriginId"))}: the plan does not state whether its content is the same`,
    );
  if (CODE.some((path) => differs(old, next, path))) return unknown(`other code handles the requests of ${name}`);
  if (differs(old, next, "viewerProtocolPolicy") && valueAt(next, "viewerProtocolPolicy") === "https-only")
    return downtime(`${name} refuses plain HTTP`);
  return degrades(when);
}

function cacheBehavior({ resource, row }: Context): Outcome {
  const [old, next] = [behavioursOf(resource.before), behavioursOf(resource.after)];
  const changed = [...next].flatMap(([name, values]): readonly Outcome[] => {
    const before = old.get(name);
    if (before === undefined) return [unknown(`requests of ${name} are served by another cache behavior than before`)];
    return canonical(before) === canonical(values) ? [] : [behaviourOutcome(name, before, values, row.when)];
  });
  const gone = [...old.keys()].filter((name) => !next.has(name));
  const lost = gone.length === 0 ? [] : [unknown(`the default behavior serves ${gone.join(", ")} from now on`)];
  return worstOf([...changed, ...lost, degrades(row.when)]);
}

const TIMES = ["originReadTimeout", "originKeepaliveTimeout", "connectionTimeout", "connectionAttempts"];

/** An origin without its time-outs. */
function withoutTimes(origin: Values): string {
  const [custom] = listAt(origin, "customOriginConfig");
  const rest = Object.entries(isMap(custom) ? custom : {}).filter(([name]) => !/timeout$/i.test(name));
  const own = Object.entries(origin).filter(([name]) => !/^(custom_?origin_?config|connection_?\w+)$/i.test(name));
  return canonical([Object.fromEntries(own), Object.fromEntries(rest)]);
}

function originTimes(origin: Values): readonly (number | undefined)[] {
  return TIMES.map((name) => numberOf(valueAt(origin, name) ?? valueAt(origin, `customOriginConfig.${name}`)));
}

/** A time that only one side states is compared with a default, which the plan does not show. */
function isLess(next: number | undefined, old: number | undefined): boolean {
  return next === undefined || old === undefined ? next !== old : next < old;
}

function originsMove({ resource, row }: Context): Outcome {
  const [before, after] = [blocksAt(resource.before, "origins"), blocksAt(resource.after, "origins")];
  if (before === undefined || after === undefined) return unknown(row.when);
  const byId = (origins: readonly Values[]): ReadonlyMap<unknown, Values> =>
    new Map(origins.map((origin) => [valueAt(origin, "originId"), origin]));
  const [old, next] = [byId(before), byId(after)];
  const changed = [...old].filter(([id, origin]) => canonical(next.get(id) ?? null) !== canonical(origin));
  if (changed.length === 0) return safe("an origin is added; cache behaviors decide what it serves");
  const isOfTimes = changed.every(([id, origin]) => {
    const later = next.get(id);
    return later !== undefined && withoutTimes(later) === withoutTimes(origin);
  });
  if (!isOfTimes) return unknown(`${row.when} (${changed.map(([id]) => String(id)).join(", ")})`);
  const isShorter = changed.some(([id, origin]) => {
    const later = originTimes(next.get(id) ?? {});
    return originTimes(origin).some((seconds, at) => isLess(later[at], seconds));
  });
  return isShorter ? degrades("requests that take longer than the new times fail") : safe("the time-outs get longer");
}

/** Conditions about CloudFront. */
export const cloudfront: Conditions = {
  cacheBehavior,
  originsMove,
};
