/** What Helm waits for, how long, and what it leaves out, for releases of Pulumi and of Flux. */
import { type Field, MalformedRead } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { goSeconds } from "../../kit/reading/go-duration";
import { remove, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { type Assignment, eachPart, guarded } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";

/** Kinds that install a chart. */
export const releasing = [types.helmRelease, types.helmChart, types.fluxHelmRelease];

/** What is wrong with how the release ends. */
export function* checkRelease(release: Resource, least: number): Iterable<Finding> {
  if (release.is(types.fluxHelmRelease)) {
    yield* checkFlux(release, least);
    return;
  }
  yield* guarded(release, () => checkWaiting(release));
  if (!release.is(types.helmRelease)) return;
  const field = release.at("timeout");
  yield* guarded(release, () => checkTimeout(release, field, field.number(), least, least));
  yield* eachPart(release, left, (key) => checkSwitch(release, release.at(key)));
}

const left = ["disableWebhooks", "disableCRDHooks", "disableOpenapiValidation"];

/** What makes a release of Pulumi's one that waits; what Flux reads stands in Git. */
export function releaseRemedy(release: Resource, least: number): readonly Assignment[] {
  if (release.is(types.helmChart)) return [{ path: ["skipAwait"], value: false }];
  if (!release.is(types.helmRelease)) return [];
  const seconds = release.at("timeout").number() ?? 0;
  return [
    ...(release.at("skipAwait").flag() === true ? [{ path: ["atomic"], value: true }] : []),
    ...(seconds > 0 && seconds < least ? [{ path: ["timeout"], value: least }] : []),
    ...left.filter((key) => release.at(key).flag() === true).map((key) => ({ path: [key], value: false })),
  ];
}

/** Flux's own words for the same. Source: Flux, HelmRelease v2. */
function* checkFlux(release: Resource, least: number): Iterable<Finding> {
  const spec = release.at("spec");
  const actions = ["install", "upgrade", "rollback"].map((key) => spec.at(key));
  yield* eachPart(release, [spec, ...actions], (owner) => {
    const field = owner.at("timeout");
    return checkTimeout(release, field, secondsOf(field), least, `${least}s`);
  });
  const keys = ["disableWait", "disableHooks", "disableOpenAPIValidation"];
  yield* eachPart(
    release,
    actions.flatMap((action) => keys.map((key) => action.at(key))),
    (field) => checkSwitch(release, field),
  );
}

function secondsOf(field: Field): number | undefined {
  const text = field.text();
  const seconds = text === undefined ? undefined : goSeconds(text);
  if (text !== undefined && seconds === undefined)
    throw new MalformedRead(field.path, "a text", "a duration with its unit, such as 5m");
  return seconds;
}

/** In seconds no image is pulled: the release fails, and atomic takes it away again. Zero means what nothing means. */
function* checkTimeout(
  release: Resource,
  field: Field,
  seconds: number | undefined,
  least: number,
  meant: number | string,
): Iterable<Finding> {
  if (seconds === undefined || seconds === 0 || seconds >= least) return;
  yield violation(release, {
    at: field.path,
    got: `${seconds} s, in which no pod of the chart becomes ready`,
    expected: `at least ${least} s`,
    fix: set(field, meant),
  });
}

function* checkSwitch(release: Resource, field: Field): Iterable<Finding> {
  if (field.flag() !== true) return;
  yield violation(release, {
    at: field.path,
    got: "true, so that what the chart does or checks around a release is left out",
    expected: "false",
    fix: remove(field),
  });
}

/** Nobody waits for its pods, and nothing takes it back: a broken release counts as done. A Chart has no way back at all. */
function* checkWaiting(release: Resource): Iterable<Finding> {
  const skips = release.at("skipAwait");
  if (skips.flag() !== true) return;
  if (release.is(types.helmChart)) {
    yield violation(release, {
      at: skips.path,
      got: "true, so that a broken chart counts as done",
      expected: "a chart that waits for its pods",
      fix: remove(skips),
    });
    return;
  }
  if (release.at("atomic").flag() === true) return;
  yield violation(release, {
    at: skips.path,
    got: "true without atomic, so that a broken release counts as done",
    expected: "a release that waits for its pods and goes back when they do not come",
    fix: together([remove(skips), set(release.at("atomic"), true)]),
  });
}
