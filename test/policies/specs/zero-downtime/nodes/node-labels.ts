/** Cases of placement-outlives-nodes: labels that every node has, and values that none has. */
import { but, deployment } from "../../../support/fixtures";
import { given, object, type Spec } from "../../../support/spec";

const pod = "spec.template.spec";
const selecting = (labels: object) => but(deployment, { [`${pod}.nodeSelector`]: labels });
const required = `${pod}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`;
const demanding = (expression: object) => but(deployment, { [required]: [{ matchExpressions: [expression] }] });
const pool = (requirement: object) =>
  object("karpenter.sh/v1:NodePool", "apps", { spec: { template: { spec: { requirements: [requirement] } } } });
const arch = "kubernetes.io/arch";
const capacity = "karpenter.sh/capacity-type";

/** Cases of labels of nodes. */
export const nodeLabelCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "values that nodes have, one of several, and a node that is none of them": given(
      selecting({ "kubernetes.io/os": "linux", [capacity]: "spot" }),
      demanding({ key: arch, operator: "In", values: ["riscv64", "amd64"] }),
      demanding({ key: arch, operator: "NotIn", values: ["riscv64"] }),
      pool({ key: capacity, operator: "In", values: ["reserved", "on-demand"] }),
      { ...pool({ key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c"] }), name: "two" },
      { ...pool({ key: capacity, operator: "Exists" }), name: "three" },
    ),
  },
  bad: {
    "an architecture by the name that others give it": given(selecting({ [arch]: "x86_64" })),
    "an architecture that no node has": given(demanding({ key: arch, operator: "In", values: ["riscv64", "mips"] })),
    "a pool of a capacity with a slip": given(pool({ key: capacity, operator: "In", values: ["ondemand"] })),
    "a pool of a capacity in capital letters": given(pool({ key: capacity, operator: "In", values: ["SPOT"] })),
    "a pool of an architecture that others call so": given(pool({ key: arch, operator: "In", values: ["aarch64"] })),
    "a capacity in Karpenter's words for a managed group": given(
      selecting({ "eks.amazonaws.com/capacityType": "on-demand" }),
    ),
  },
};
