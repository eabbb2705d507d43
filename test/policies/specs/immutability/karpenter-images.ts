/** Cases of node-versions-pinned: what Karpenter starts nodes from. */
import { given, object, type Spec } from "../../support/spec";

const started = (term: object) =>
  object("karpenter.k8s.aws/v1:EC2NodeClass", "default", { spec: { amiSelectorTerms: [term] } });

/** Cases of node-versions-pinned: what Karpenter starts nodes from. */
export const karpenterImageCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "Karpenter's nodes of one release, of one image, and of a version of a parameter": given(
      started({ alias: "al2023@v20261101" }),
      started({ id: "ami-0a1b" }),
      started({ name: "nodes-2026-11-01", owner: "self" }),
      started({ ssmParameter: "/acme/nodes:12" }),
    ),
  },
  bad: {
    "Karpenter's nodes of the newest release": given(started({ alias: "al2023@latest" })),
    "Karpenter's nodes of a family": given(started({ alias: "bottlerocket" })),
    "Karpenter's nodes of the newest image": given(started({ name: "amazon-eks-node-*" })),
    "Karpenter's nodes of a parameter that moves": given(started({ ssmParameter: "/aws/service/eks/recommended" })),
  },
};
