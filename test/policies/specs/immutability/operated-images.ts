/** Cases of image-digest: objects of operators of which a preview hides parts. */
import { digest } from "../../support/fixtures";
import { given, object, previewed, type Spec, UNKNOWN } from "../../support/spec";

const operated = (spec: object) =>
  object("monitoring.coreos.com/v1:Prometheus", "p", { metadata: { name: "p", namespace: "monitoring" }, spec });

/** Cases of image-digest: objects of operators of which a preview hides parts. */
export const operatedCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "who only looks for images": given(
      object("image.toolkit.fluxcd.io/v1:ImageRepository", "shop", { spec: { image: "ghcr.io/acme/shop" } }),
    ),
    "names that a preview hides, and whoever makes no pods": previewed(
      operated({ image: `quay.io/a/b:1@${digest}`, secretName: UNKNOWN, store: { arn: UNKNOWN, bucketId: UNKNOWN } }),
      object("external-secrets.io/v1:ClusterSecretStore", "aws", { spec: { provider: UNKNOWN } }),
    ),
  },
  bad: {
    "an operator's object of which a preview hides parts": previewed(
      operated({ settings: UNKNOWN, parts: [UNKNOWN, { image: "quay.io/a/b:1" }], bootImage: UNKNOWN }),
      object("elbv2.k8s.aws/v1beta1:TargetGroupBinding", "shop", { spec: { serviceRef: UNKNOWN, image: UNKNOWN } }),
    ),
  },
};
