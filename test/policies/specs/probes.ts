/** Cases of the rules about probes. */
import { probesDistinct, readinessProbe } from "../../../policies/zero-downtime/probes";
import { but, container, deployment, rollout } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, type Spec } from "../support/spec";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const probing = (liveness: unknown, readiness: unknown): Given =>
  but(deployment, { [`${first}.livenessProbe`]: liveness, [`${first}.readinessProbe`]: readiness });

/** Cases of the rules about probes. */
export const probeSpecs: readonly Spec[] = [
  {
    rule: readinessProbe,
    good: {
      "it says when it is ready": given(deployment),
      "it does not listen": given(but(deployment, { [`${first}.ports`]: [], [`${first}.readinessProbe`]: undefined })),
    },
    bad: {
      unset: given(but(deployment, { [`${first}.readinessProbe`]: undefined })),
      "checks nothing": given(but(deployment, { [`${first}.readinessProbe`]: { periodSeconds: 5 } })),
      "the second container": given(
        but(rollout, { [`${pod}.containers`]: [container, { name: "side", ports: [{ containerPort: 9 }] }] }),
      ),
      "a container without a name": given(
        but(deployment, { [`${first}.name`]: undefined, [`${first}.readinessProbe`]: undefined }),
      ),
    },
  },
  {
    rule: probesDistinct,
    good: {
      "two questions": given(deployment),
      "no liveness": given(but(deployment, { [`${first}.livenessProbe`]: undefined })),
      "no question at all": given(probing(undefined, undefined)),
      "no readiness": given(probing({ httpGet: { path: "/alive", port: 8080 } }, undefined)),
      "the same path of another port": given(
        probing({ httpGet: { path: "/ok", port: 8081 } }, { httpGet: { path: "/ok", port: 8080 } }),
      ),
      "the same letters in other parts": given(
        probing({ httpGet: { path: "/a/b", port: 8080 } }, { httpGet: { path: "/ab", port: 8080 } }),
      ),
      "another port": given(probing({ tcpSocket: { port: 8081 } }, { tcpSocket: { port: 8080 } })),
      "another port by its name": given(
        but(probing({ tcpSocket: { port: "admin" } }, { tcpSocket: { port: "http" } }), {
          [`${first}.ports`]: [
            { name: "http", containerPort: 8080 },
            { name: "admin", containerPort: 9090 },
          ],
        }),
      ),
      "another command": given(probing({ exec: { command: ["alive"] } }, { exec: { command: ["ready"] } })),
      "another port of gRPC": given(probing({ grpc: { port: 8081 } }, { grpc: { port: 8080 } })),
      "another service of gRPC": given(
        probing({ grpc: { port: 8080, service: "alive" } }, { grpc: { port: 8080, service: "ready" } }),
      ),
      "a port and a path on it": given(probing({ tcpSocket: { port: 8080 } }, { httpGet: { port: 8080 } })),
      "a port and a service on it": given(probing({ tcpSocket: { port: 8080 } }, { grpc: { port: 8080 } })),
    },
    bad: {
      "a trailing slash and a named port": given(
        but(deployment, { [`${first}.livenessProbe`]: { httpGet: { path: "/ready/", port: 8080 } } }),
      ),
      "the same port": given(
        but(deployment, {
          [`${first}.livenessProbe`]: { tcpSocket: { port: 8080 } },
          [`${first}.readinessProbe`]: { tcpSocket: { port: "http" } },
        }),
      ),
      "the same command": given(
        but(deployment, {
          [`${first}.livenessProbe`]: { exec: { command: ["ok"] } },
          [`${first}.readinessProbe`]: { exec: { command: ["ok"] } },
        }),
      ),
      "the same gRPC service": given(
        but(deployment, {
          [`${first}.livenessProbe`]: { grpc: { port: 8080 } },
          [`${first}.readinessProbe`]: { grpc: { port: "8080" } },
        }),
      ),
      "doubled slashes": given(
        probing({ httpGet: { path: "//a//b", port: 8080 } }, { httpGet: { path: "/a/b", port: 8080 } }),
      ),
      "no path is the root": given(probing({ httpGet: { port: 8080 } }, { httpGet: { path: "/", port: 8080 } })),
      "no service is the empty one": given(probing({ grpc: { port: 8080 } }, { grpc: { port: 8080, service: "" } })),
    },
  },
];
