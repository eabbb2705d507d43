/** Cases of image-digest: images that are never pulled. */
import { but, container, deployment } from "../../support/fixtures";
import { given, type Spec } from "../../support/spec";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;

/** Cases of image-digest: images that are never pulled. */
export const pullCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "pulled always, and where it is not there": given(
      but(deployment, { [`${first}.imagePullPolicy`]: "Always" }),
      but(deployment, { [`${first}.imagePullPolicy`]: "IfNotPresent" }),
    ),
  },
  bad: {
    "never pulled": given(but(deployment, { [`${first}.imagePullPolicy`]: "Never" })),
    "a native sidecar that is never pulled": given(
      but(deployment, {
        [`${pod}.initContainers`]: [{ ...container, name: "tls", restartPolicy: "Always", imagePullPolicy: "Never" }],
      }),
    ),
  },
};
