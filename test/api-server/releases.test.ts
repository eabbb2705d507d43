/**
 * Releases on Kubernetes' own API server and controllers, carried out by Argo Rollouts' own controller with gates on a real
 * Prometheus.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inSeconds } from "../../components/core";
import { analysisLimits } from "../../components/core/limits/analysis";
import type { AppSpec } from "../../components/delivery/app/spec";
import { weightsOf } from "../../components/delivery/app/strategy";
import { timetable } from "../../components/delivery/app/timetable";
import type { Cluster } from "../support/cluster/cluster";
import { withoutRepeats } from "../support/repeats";
import {
  COARSE,
  deployed,
  expectPromised,
  haveCluster,
  HOUR,
  imageOf,
  isHealthy,
  lost,
  NEW,
  NEWER,
  OLD,
  PACE,
  PATIENCE_MS,
  PODS,
  serves,
  since,
  starved,
  startCluster,
  undoOf,
  weights,
} from "./release";

/** Images that answer one request in ten with an error. */
const failing = new Set([imageOf("e")]);
/** Images whose pods never get ready. */
const stuck = new Set([imageOf("d")]);

describe.skipIf(!haveCluster)("on a real API server (make api-server)", () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster((image) => ({
      ...{ errors: failing.has(image) ? 0.1 : 0, getsReady: !stuck.has(image) },
    }));
  }, PATIENCE_MS);
  afterAll(() => cluster.end(), PATIENCE_MS);

  /** A release that has come to its first users. */
  async function released(name: string, image = NEW, more: Partial<AppSpec> = {}) {
    const { application, old } = await deployed(cluster, name, more);
    const next = { ...old, image };
    const at = await application.sync(next);
    await application.until("first users", ({ weight }) => weight > 0, 900);
    return { application, old, next, at };
  }

  describe.concurrent("a release", { timeout: PATIENCE_MS }, () => {
    test.each(["canary", "blueGreen"] as const)(
      "by %s goes through its weights in the time that is said",
      async (strategy) => {
        const name = strategy.toLowerCase();
        const { application, next, at } = await released(name, NEW, { strategy });
        const { rows, liveBy } = timetable(next);
        expect(application.clock - at).toBeLessThan(liveBy / PACE + COARSE);
        await application.until("the new version serves", isHealthy(NEW), HOUR * 2);
        const seconds = application.clock - at;
        const { soonest, latest } = rows.at(-1)?.ends ?? { soonest: 0, latest: 0 };
        console.log(
          `MEASURED ${strategy}: ${(seconds * PACE).toFixed(0)} s, said ${soonest} to ${latest} s, pace ${PACE}`,
        );
        expect(seconds).toBeGreaterThan(soonest / PACE - COARSE);
        expect(seconds).toBeLessThan(latest / PACE + COARSE);
        expect(weights(since(application, at))).toEqual([0, ...weightsOf(next), 0]);
        expect(starved(since(application, at))).toEqual([]);
        // The way back: the old pods stay, and an undo needs none that is new.
        const undone = await application.sync(undoOf(next, "b"));
        await application.until("the old version serves again", serves(OLD), HOUR);
        expectPromised(next, "an undo while the old pods stay", application.clock - undone);
        await application.until("the undo is done", isHealthy(OLD), HOUR);
        expect(since(application, undone).every(({ pods }) => pods[OLD] === PODS)).toBe(true);
        expect(lost(cluster, name)).toBe(0);
      },
    );

    // Two looks of the tripwire may or may not fall into the load that comes before the first users.
    test("that answers errors is aborted at its first step at the latest", async () => {
      const { application, old } = await deployed(cluster, "fails");
      const at = await application.sync({ ...old, image: imageOf("e") });
      await application.until("aborted", ({ phase }) => phase === "Degraded", 900);
      await application.until("all traffic is back", serves(OLD), 60);
      await application.follow(60);
      const seen = weights(since(application, at));
      expect([[0], [0, 5, 0]]).toContainEqual(seen);
      expect(lost(cluster, "fails")).toBe(0);
    });

    test("that begins to fail is aborted by a gate, and its undo moves no traffic", async () => {
      const { application, next } = await released("turns", imageOf("f"));
      const seen = application.clock;
      failing.add(imageOf("f"));
      const { at } = await application.until("aborted", ({ phase }) => phase === "Degraded", 900);
      await application.until("all traffic is back", serves(OLD), 60);
      expectPromised(next, "a gate fails", application.clock - at);
      const undone = await application.sync(undoOf(next, "f"));
      await application.until("the undo is done", isHealthy(OLD), HOUR);
      await application.follow(60);
      expect(weights(since(application, undone))).toEqual([0]);
      expect(starved(since(application, seen))).toEqual([]);
      expect(lost(cluster, "turns")).toBe(0);
    });

    test("that is undone at its first step gives all traffic back", async () => {
      const { application, next } = await released("undone");
      const undone = await application.sync(undoOf(next, "b"));
      await application.until("all traffic is back", serves(OLD), HOUR);
      expectPromised(next, "an undo during the release", application.clock - undone);
      await application.until("the undo is done", isHealthy(OLD), HOUR);
      expect(starved(since(application, undone))).toEqual([]);
      expect(lost(cluster, "undone")).toBe(0);
    });

    test("whose old pods are gone is undone when three quarters of them stand again", async () => {
      const { application, next } = await released("late", NEW, { strategy: "blueGreen" });
      await application.until("the new version serves", isHealthy(NEW), HOUR * 2);
      await application.until("the old pods are gone", ({ pods }) => pods[OLD] === undefined, HOUR);
      const undone = await application.sync(undoOf(next, "b"));
      await application.until("the old version serves again", serves(OLD), HOUR);
      expectPromised(next, "an undo after that", application.clock - undone);
      expect(starved(since(application, undone))).toEqual([]);
      expect(lost(cluster, "late")).toBe(0);
    });

    test("that meets a newer version gives all traffic back before that one begins", async () => {
      const { application, old, next } = await released("newer");
      const at = await application.sync({ ...old, image: NEWER });
      await application.until("all traffic is back", serves(OLD), HOUR);
      expectPromised(next, "a newer version during the release", application.clock - at);
      await application.until("the newer version has its first users", ({ weight }) => weight > 0, 900);
      expect(application.moments.at(-1)?.canary).toEqual([NEWER]);
      expect(weights(since(application, at)).slice(-2)).toEqual([0, 5]);
      expect(starved(since(application, at))).toEqual([]);
      expect(lost(cluster, "newer")).toBe(0);
    });

    test("whose gates have no numbers pauses, and resumes by nothing", async () => {
      const { application, next } = await released("silent");
      const gate = await application.until("the gates begin", ({ step }) => step === 4, 600);
      cluster.gateway.silence("silent");
      await application.until("paused", ({ phase }) => phase === "Paused", HOUR);
      // What was measured before stays in the window of a query.
      const silent = gate.at + inSeconds(analysisLimits.errorRateWindow) / PACE;
      expectPromised(next, "a gate has no numbers", application.clock - silent);
      await application.follow(300);
      expect(weights(since(application, gate.at))).toEqual([5]);
      expect(application.moments.at(-1)?.phase).toBe("Paused");
    });

    test("whose pods never get ready is aborted before anybody meets it", async () => {
      const { application, old } = await deployed(cluster, "stuck");
      const next = { ...old, image: imageOf("d") };
      const at = await application.sync(next);
      await application.until("aborted", ({ phase }) => phase === "Degraded", HOUR);
      expectPromised(next, "the new pods never become ready", application.clock - at);
      expect(weights(since(application, at))).toEqual([0]);
      expect(lost(cluster, "stuck")).toBe(0);
    });

    test("whose pods are lost, old and new, goes on when they are back, and no visitor is refused", async () => {
      const { application, next, at } = await released("pods");
      await application.until("a quarter of the traffic", ({ weight }) => weight === 25, HOUR);
      for (const image of [OLD, NEW]) await cluster.losePods("pods", image, PODS - 1);
      await application.until("the new version serves", isHealthy(NEW), HOUR * 2);
      await application.until("the route rests", serves(NEW), 60);
      expect(weights(since(application, at))).toEqual([0, ...weightsOf(next), 0]);
      expect(lost(cluster, "pods")).toBe(0);
    });
  });

  describe.concurrent("an undo", { timeout: PATIENCE_MS }, () => {
    test("that meets a newer version leaves all traffic where it is", async () => {
      const { application, next } = await released("undo-newer", NEW, { strategy: "blueGreen" });
      await application.until("the new version serves", isHealthy(NEW), HOUR * 2);
      await application.until("the old pods are gone", ({ pods }) => pods[OLD] === undefined, HOUR);
      const undo = undoOf(next, "b");
      await application.sync(undo);
      await application.until("the undo begins", ({ phase, step }) => phase === "Progressing" && step === 0, 60);
      const at = await application.sync({ ...next, image: NEWER });
      await application.until("the newer version stands", ({ pods }) => pods[NEWER] === PODS, HOUR);
      expect(withoutRepeats(since(application, at).map(({ stable }) => stable.join()))).toEqual([NEW]);
      expect(starved(since(application, at))).toEqual([]);
    });
  });
});
