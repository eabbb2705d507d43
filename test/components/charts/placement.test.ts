/** Where the charts' pods may run: a zone that is lost must not keep new pods from starting in the others. */
import { describe, expect, test } from "vitest";
import { objectsIn, valuesFiles, valuesOf } from "../../support/values-files";

const cases = valuesFiles.flatMap((file) =>
  (["production", "dev"] as const).map((profile) => ({ file, profile, chart: file.chart })),
);

const constraints = cases.flatMap(({ file, profile, chart }) =>
  [...objectsIn(valuesOf(file, profile))]
    .filter(([, value]) => "topologyKey" in value && "whenUnsatisfiable" in value)
    .map(([at, value]) => ({ at: `${chart} ${profile} ${at}`, value })),
);

describe("topology spread constraints", () => {
  test("stand in the values of every chart that runs more than one pod", () => {
    const spread = new Set(constraints.map(({ at }) => at.split(" ")[0]));
    expect([...spread].sort()).toEqual([
      "argo-cd",
      "argo-rollouts",
      "aws-load-balancer-controller",
      "cluster-autoscaler",
      "external-secrets",
      "istio-gateway",
      "istiod",
      "kube-prometheus-stack",
      "metrics-server",
    ]);
  });

  // The default policy Ignore counts the tainted nodes of a lost zone as a zone with no pods: the skew is then used up
  // and every new pod stays Pending. Source: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
  test("a constraint that can keep a pod Pending leaves out nodes whose taints the pod does not tolerate", () => {
    const hard = constraints.filter(({ value }) => value["whenUnsatisfiable"] === "DoNotSchedule");
    expect(hard.map(({ at }) => at)).toEqual([
      "istio-gateway production topologySpreadConstraints.0",
      "istio-gateway dev topologySpreadConstraints.0",
    ]);
    for (const { at, value } of hard) expect(value["nodeTaintsPolicy"], at).toBe("Honor");
  });
});
