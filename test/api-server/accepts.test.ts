/** What environments, applications and fixes declare, before Kubernetes' own API server with the pinned definitions. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { app } from "../../components/delivery/app/app";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { dev } from "../../stacks/environments/dev";
import { prod } from "../../stacks/environments/prod";
import { fullest, platform, rolling, smallest, undo } from "../components/delivery/app/spec-fixture";
import { specs } from "../policies/specs";
import { applied } from "../policies/support/apply";
import { isWorded } from "../policies/support/harm";
import { findingsOf } from "../policies/support/rule";
import { type Applied, ApiServer, haveApiServer } from "../support/cluster/api-server";
import { Standing } from "../support/change";
import { applyDefinitions } from "../support/cluster/definitions";
import { haveCrds } from "../support/crds";
import { objectOf, objectsOf } from "./objects";

const MINUTES_5 = 300_000;
const APPLICATIONS = [
  ...(["canary", "canary-5-20-100", "blueGreen", "rolling"] as const).map((strategy) => ({ ...smallest, strategy })),
  { ...smallest, strategy: "blueGreen", sessions: { kept: "sticky" } },
  { ...smallest, undo },
  { ...smallest, strategy: "rolling", undo },
  { ...smallest, database: { secret: "database" } },
  fullest,
  { ...fullest, undo },
  { ...fullest, ...rolling, name: "till", sessions: { kept: "shared-store" } },
] as const;

describe.skipIf(!haveApiServer || !haveCrds)("before an API server (make api-server, with CRDS_DIR)", () => {
  let server: ApiServer;
  const namespaces = new Set(["default"]);

  /** Why it is refused, in a namespace that is there. */
  async function refusal(object: Applied): Promise<string | undefined> {
    const { namespace } = object.metadata;
    if (namespace !== undefined && !namespaces.has(namespace)) {
      namespaces.add(namespace);
      await server.refusal({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }, false);
    }
    return server.refusal(object);
  }

  async function refusals(objects: readonly Applied[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const object of objects) {
      const why = await refusal(object);
      if (why !== undefined) found.push(`${object.kind} ${object.metadata.name}: ${why}`);
    }
    return found;
  }

  beforeAll(async () => {
    server = await ApiServer.start();
    await applyDefinitions(server);
  }, MINUTES_5);
  // Where it did not start there is none.
  afterAll(() => (server as ApiServer | undefined)?.end());

  const routed = { http: [{ timeout: "0s", route: [{ destination: { host: "shop" } }] }] };
  const balanced = { simple: "RANDOM", consistentHash: { useSourceIp: true } };
  test.each([
    ["a field that the kind does not have", "DestinationRule", { nonsense: 1 }, /field not declared in schema/],
    ["a choice made twice", "DestinationRule", { host: "shop", trafficPolicy: { loadBalancer: balanced } }, /oneOf/],
    ["what an expression excludes", "VirtualService", routed, /must be a valid duration greater than 1ms/],
  ])("%s is refused", async (_, kind, spec, why) => {
    const object = { apiVersion: "networking.istio.io/v1", kind, metadata: { name: "shop" }, spec };
    expect(await refusal(object)).toMatch(why);
  });

  test.each<EnvironmentInput>([dev, prod])(
    "every object of $name is taken",
    { timeout: MINUTES_5 },
    async (environment) => {
      const gitOps = { ...environment.gitOps, applications: ["shop"], apex: "shop" };
      const { graph } = await Standing.of({ environment: { ...environment, gitOps } });
      const objects = graph.resources.flatMap(({ type, name, inputs }) => objectOf(type, name, inputs) ?? []);
      // Its definition is part of a bundle that was not stored.
      const stored = objects.filter(({ kind }) => kind !== "ClusterSecretStore");
      expect(stored.length).toBeGreaterThan(25);
      expect(await refusals(stored)).toEqual([]);
    },
  );

  test.each(APPLICATIONS.map((spec) => [JSON.stringify(spec).slice(0, 60), spec] as const))(
    "every object of an application is taken: %s",
    async (_, spec) => {
      const { everywhere, once } = app(spec, platform);
      expect(await refusals([...everywhere, ...once] as readonly Applied[])).toEqual([]);
    },
  );

  test("no fix makes the server refuse what it took", { timeout: MINUTES_5 }, async () => {
    let mended = 0;
    const harmed: string[] = [];
    for (const { rule, bad } of specs)
      for (const [name, given] of Object.entries(bad)) {
        const findings = findingsOf(rule, given).filter(({ kind }) => kind === "violation");
        if (findings.length === 0 || findings.some(isWorded)) continue;
        const before = new Map(objectsOf(given).map((object) => [`${object.kind} ${object.metadata.name}`, object]));
        for (const object of objectsOf(applied(given, findings))) {
          const known = before.get(`${object.kind} ${object.metadata.name}`);
          const why = await refusal(object);
          mended++;
          if (why === undefined || why.startsWith("no kind ")) continue;
          if (known === undefined || (await refusal(known)) === undefined)
            harmed.push(`${rule.id}: ${name}: ${object.kind}: ${why}`);
        }
      }
    expect(harmed).toEqual([]);
    expect(mended).toBeGreaterThan(1_000);
  });

  test("what rule api-accepts finds is refused, but for what a controller refuses later", async () => {
    const bad = specs.find(({ rule }) => rule.id === "api-accepts")?.bad ?? {};
    const taken: string[] = [];
    for (const [name, given] of Object.entries(bad)) {
      const objects = objectsOf(given);
      if (objects.length > 0 && (await refusals(objects)).length === 0) taken.push(name);
    }
    expect(taken).toEqual([
      // Container restart rules are on since 1.35: it is taken, and leaves a pod that never serves again.
      "a container that is never started again",
      // Rollouts' definition leaves the pod template open; the ReplicaSet is refused.
      "a mount of a native sidecar, in a rollout",
    ]);
  });
});
