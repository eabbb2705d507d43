/** Versions, specs and moments of the releases on a real API server, and what is promised of them. */
import { expect } from "vitest";
import { inSeconds } from "../../components/core";
import { applicationLimits } from "../../components/core/limits/application";
import { type Event, outcomes } from "../../components/delivery/app/outcomes";
import type { AppSpec } from "../../components/delivery/app/spec";
import { platform, smallest } from "../components/delivery/app/spec-fixture";
import { haveApiServer } from "../support/cluster/api-server";
import type { Application, Moment } from "../support/cluster/application";
import { type Behaviour, Cluster } from "../support/cluster/cluster";
import { haveControllers } from "../support/cluster/controllers";
import { haveCrds } from "../support/crds";
import { withoutRepeats } from "../support/repeats";

/** Whether everything is there that they run on. */
export const haveCluster = haveApiServer && haveControllers && haveCrds;

/** How many times faster the manifests' durations pass; PACE=1 leaves them as they are rendered. */
export const PACE = Number(process.env["PACE"] ?? 10);
/** @unit seconds, in the time of the manifests */
export const HOUR = 3600;
export const PATIENCE_MS = (HOUR * 1000 * 2) / PACE + 120_000;
/** Pods by default. */
export const PODS = 3;
const RPS = 20;
/** What the clock's steps of a second in the objects, and a busy machine, add to a time. @unit seconds */
export const COARSE = 4;

/** Images differ in their digests, which are one letter again and again. */
export const imageOf = (letter: string): string => smallest.image.replace("a".repeat(64), letter.repeat(64));
const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
export const [OLD, NEW, NEWER] = [imageOf("a"), imageOf("b"), imageOf("c")];

/** The spec that takes a version back to the old one. */
export const undoOf = (spec: AppSpec, of: string): AppSpec => ({
  ...{ ...spec, image: OLD },
  undo: { of: digestOf(of), to: digestOf("a") },
});

/** Whether the release of an image is done. */
export const isHealthy =
  (image: string) =>
  ({ phase, stable, canary }: Moment): boolean =>
    phase === "Healthy" && [...stable, ...canary].every((each) => each === image) && stable.length === 1;
/** Whether all visitors get an image, by the first Service. */
export const serves =
  (image: string) =>
  ({ stable, weight }: Moment): boolean =>
    weight === 0 && stable.length === 1 && stable[0] === image;

/** What stood then, and what came after it. */
export const since = ({ moments }: Application, at: number): readonly Moment[] =>
  moments.slice(
    Math.max(
      0,
      moments.findLastIndex((moment) => moment.at <= at),
    ),
  );
/** The weights of the second Service, one after another. */
export const weights = (moments: readonly Moment[]): readonly number[] =>
  withoutRepeats(moments.map(({ weight }) => weight));

/** What {@link outcomes} says of an event, by the clock: the controller's own time is not divided. */
function promised(spec: AppSpec, when: Event, pace: number): { readonly soonest: number; readonly latest: number } {
  const found = outcomes(spec).find((outcome) => outcome.when === when);
  if (found === undefined) throw new Error(`no outcome of: ${when}`);
  const own = inSeconds(applicationLimits.trafficBack);
  const { soonest, latest } = found.within;
  return { soonest: soonest / pace, latest: (latest - own) / pace + own };
}

/**
 * Holds a time by the clock against what is said of the event, and prints both.
 * @param pace of what decides it: 1 where that is a constant of the controller.
 */
export function expectPromised(spec: AppSpec, when: Event, seconds: number, pace = PACE): void {
  const { soonest, latest } = promised(spec, when, pace);
  console.log(
    `MEASURED ${when}: ${seconds.toFixed(1)} s, said ${soonest.toFixed(1)} to ${latest.toFixed(1)} s, pace ${pace}`,
  );
  expect(seconds).toBeGreaterThan(soonest - COARSE);
  expect(seconds).toBeLessThan(latest + COARSE);
}

/** Moments at which whoever gets visitors has not three quarters of its pods. */
export const starved = (moments: readonly Moment[]): readonly Moment[] =>
  moments.filter(({ weight, stable, canary, pods }) => {
    const few = (images: readonly string[]): boolean => images.some((image) => (pods[image] ?? 0) < PODS * 0.75);
    return (weight < 100 && few(stable)) || (weight > 0 && few(canary));
  });

/** A cluster whose versions behave so. */
export const startCluster = (behaviourOf: (image: string) => Behaviour): Promise<Cluster> =>
  Cluster.start({ pace: PACE, platform, podStart: inSeconds(applicationLimits.podStart), behaviourOf });

/** An application whose old version serves visitors. */
export async function deployed(
  cluster: Cluster,
  name: string,
  more: Partial<AppSpec> = {},
): Promise<{ readonly application: Application; readonly old: AppSpec }> {
  const application = await cluster.application(name);
  const old: AppSpec = { ...smallest, name, image: OLD, ...more };
  await application.sync(old);
  await application.until(
    "the first version serves",
    (moment) => isHealthy(OLD)(moment) && moment.pods[OLD] === PODS,
    600,
  );
  cluster.gateway.comes(name, RPS);
  return { application, old };
}

/** How many visitors found nobody. */
export const lost = (cluster: Cluster, name: string): number => cluster.gateway.visits.get(name)?.get(503) ?? 0;
