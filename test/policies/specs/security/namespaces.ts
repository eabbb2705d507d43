/** Cases of the rule about the pod standard that a namespace enforces. */
import { psaEnforced } from "../../../../policies/security/pods";
import { but, namespace } from "../../support/fixtures";
import { given, object, type Spec } from "../../support/spec";

/** Cases of the rule about the pod standard that a namespace enforces. */
export const namespaceSpecs: readonly Spec[] = [
  {
    rule: psaEnforced,
    good: {
      restricted: given(namespace),
      baseline: given(but(namespace, { "metadata.labels": { "pod-security.kubernetes.io/enforce": "baseline" } })),
      system: given(object("core/v1:Namespace", "kube-system", {})),
    },
    bad: {
      unset: given(but(namespace, { "metadata.labels": undefined })),
      privileged: given(but(namespace, { "metadata.labels": { "pod-security.kubernetes.io/enforce": "privileged" } })),
      misspelt: given(but(namespace, { "metadata.labels": { "pod-security.kubernetes.io/enforce": "Restricted" } })),
    },
  },
];
