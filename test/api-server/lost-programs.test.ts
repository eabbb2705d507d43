/** What becomes of a release on a real API server when a program ends that it depends on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cluster } from "../support/cluster/cluster";
import {
  deployed,
  expectPromised,
  haveCluster,
  HOUR,
  isHealthy,
  lost,
  NEW,
  OLD,
  PACE,
  PATIENCE_MS,
  serves,
  since,
  startCluster,
  weights,
} from "./release";

describe.skipIf(!haveCluster)("when a program ends (make api-server)", () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster(() => ({ errors: 0, getsReady: true }));
  }, PATIENCE_MS);
  afterAll(() => cluster.end(), PATIENCE_MS);

  /** A release whose first gates measure. */
  async function gated(name: string) {
    const { application, old } = await deployed(cluster, name);
    const next = { ...old, image: NEW };
    await application.sync(next);
    await application.until("the gates begin", ({ step }) => step === 4, 900);
    return { application, next };
  }

  test("Argo Rollouts' controller: the next one goes on where it was", { timeout: PATIENCE_MS }, async () => {
    const { application } = await gated("controller");
    await cluster.controllers.kill("rollouts-controller");
    const at = application.clock;
    await application.follow(120);
    expect(weights(since(application, at))).toEqual([5]);
    await cluster.controllers.start("rollouts-controller");
    await application.until("the new version serves", isHealthy(NEW), HOUR * 2);
    await application.until("the route rests", serves(NEW), 60);
    expect(weights(since(application, at))).toEqual([5, 25, 50, 100, 0]);
    expect(lost(cluster, "controller")).toBe(0);
  });

  test("Prometheus: all traffic goes back to the old pods", { timeout: PATIENCE_MS }, async () => {
    const { application, next } = await gated("prometheus");
    await cluster.controllers.kill("prometheus");
    const at = application.clock;
    await application.until("all traffic is back", serves(OLD), HOUR * PACE);
    // How soon a failed query is tried again is a constant of the controller.
    expectPromised(next, "Prometheus is gone", application.clock - at, 1);
    expect(application.moments.at(-1)?.phase).toBe("Degraded");
  });
});
