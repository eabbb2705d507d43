/** Every object of a kind that a controller brings, as the environments declare it, against the controllers' own definitions. */
import { describe, expect, test } from "vitest";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { prod } from "../../stacks/environments/prod";
import { Standing } from "../support/change";
import { crdProblems, haveCrds, type KubernetesObject } from "../support/crds";

const MINUTES_2 = 120_000;

/** Kubernetes' own kinds, and one whose definition is part of a bundle that was not stored. */
const WITHOUT_DEFINITION = /^(v1|apps\/v1|policy\/v1|networking\.k8s\.io\/v1|storage\.k8s\.io\/v1|rbac\..*)$/;
const UNSTORED = ["ClusterSecretStore"];

/** With an application that owns the domain, so that what only applications bring is there too. */
const served = (environment: EnvironmentInput): EnvironmentInput => ({
  ...environment,
  gitOps: { ...environment.gitOps, applications: ["shop"], apex: "shop" },
});

describe.skipIf(!haveCrds)("against the pinned definitions (skipped without CRDS_DIR)", () => {
  test.each([dev, prod])(
    "every custom object of $name is what its controller takes",
    async (environment) => {
      const { graph } = await Standing.of({ environment: served(environment) });
      const objects = graph.resources
        .filter(({ type }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/"))
        .map(({ name, inputs }) => ({ name, object: inputs as unknown as KubernetesObject }))
        .filter(({ object }) => !WITHOUT_DEFINITION.test(object.apiVersion) && !UNSTORED.includes(object.kind));
      const kinds = new Set(objects.map(({ object }) => object.kind));
      for (const kind of [
        "Gateway",
        "VirtualService",
        "TargetGroupBinding",
        "PodMonitor",
        "AppProject",
        "ApplicationSet",
      ])
        expect(kinds).toContain(kind);
      expect(objects.flatMap(({ name, object }) => crdProblems(object).map((line) => `${name}: ${line}`))).toEqual([]);
    },
    MINUTES_2,
  );
});
