/** Kinds that no API serves are named, with the one that was meant. */
import { describe, expect, it } from "vitest";
import { refusalOfKind } from "../../../../policies/kit/kubernetes/served-kinds";

const serves = "a kind that the cluster serves";

describe("a kind is refused", () => {
  it.each([
    ["v1", "pod", "the kind pod in the group core", "write Pod in the group core"],
    ["v1", "PodsList", "the kind PodsList in the group core", "correct apiVersion and kind"],
    ["apps/v1", "Deployement", "the kind Deployement in the group apps", "correct apiVersion and kind"],
    ["Apps/v1", "deployment", "the kind deployment in the group Apps", "write Deployment in the group apps"],
    ["APPS/v1", "Nothing", "the kind Nothing in the group APPS", "correct apiVersion and kind"],
    ["apps/v1", "Ingress", "the kind Ingress in the group apps", "write it in the group networking.k8s.io"],
    ["v1", "DeploymentList", "the kind DeploymentList in the group core", "write it in the group apps"],
    ["apps/v1", "my secret", "a kind in the group apps", "correct apiVersion and kind"],
    ["apps/v1", "-Pod", "a kind in the group apps", "correct apiVersion and kind"],
    [
      "ARGOPROJ.io/v1alpha1",
      "ROLLOUT",
      "the kind ROLLOUT in the group ARGOPROJ.io",
      "write Rollout in the group argoproj.io",
    ],
  ])("%s %s", (apiVersion, kind, got, fix) => {
    expect(refusalOfKind(apiVersion, kind)).toEqual({ got: `${got}, which no API serves`, expected: serves, fix });
  });

  it("with each group that has it, where there are several", () => {
    expect(refusalOfKind("apps/v1", "Event")?.fix).toBe("write it in the group core or events.k8s.io");
  });

  it.each([
    ["v1", "Pod"],
    ["v1", "PodList"],
    ["apps/v1", "Deployment"],
    ["argoproj.io/v1alpha1", "Rollout"],
    ["example.com/v1", "Widget"],
    ["a secret/v1", "x y"],
  ])("but not %s %s", (apiVersion, kind) => {
    expect(refusalOfKind(apiVersion, kind)).toBeUndefined();
  });
});
