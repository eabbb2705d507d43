/** Cases of the rule about liveness probes. */
import { livenessPatient } from "../../../../../policies/zero-downtime/pods/liveness-patient";
import { but, deployment } from "../../../support/fixtures";
import { given, object, type Spec, under } from "../../../support/spec";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const alive = { httpGet: { path: "/alive", port: 8080 } };
const living = (more: object, startup?: object) =>
  but(deployment, {
    [`${first}.livenessProbe`]: { ...alive, ...more },
    [`${first}.readinessProbe`]: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 2 },
    [`${first}.startupProbe`]: startup && { ...alive, ...startup },
  });
const quick = { periodSeconds: 5, failureThreshold: 2 };
const asking = (liveness: object) => but(living({}), { [`${first}.livenessProbe`]: liveness });
/** It keeps idle connections for longer than anybody. */
const patiently = { "spec.template.metadata.annotations": { "fridayproof.dev/keep-alive-seconds": "3700" } };
const service = object("core/v1:Service", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { selector: { app: "shop" }, ports: [{ port: 80, targetPort: 9090 }, { port: 9091 }] },
});

/** Cases of the rule about liveness probes. */
export const livenessSpecs: readonly Spec[] = [
  {
    rule: livenessPatient,
    good: {
      "what Kubernetes does when nothing is said": given(deployment),
      "a start that a startup probe covers": given(living({ ...quick, timeoutSeconds: 2 }, { failureThreshold: 30 })),
      "a start that a long delay covers": given(living({ ...quick, timeoutSeconds: 2, initialDelaySeconds: 20 })),
      "no liveness": given(
        but(deployment, { [`${first}.livenessProbe`]: undefined, [`${first}.startupProbe`]: undefined }),
      ),
      "a readiness that says nothing": given(
        but(living({ periodSeconds: 5, failureThreshold: 6 }), {
          [`${first}.readinessProbe`]: { exec: { command: ["true"] }, failureThreshold: 60 },
        }),
      ),
      "less, where the environment says so": under(
        { startCoveredFor: 10 },
        living({ ...quick, failureThreshold: 3, timeoutSeconds: 2 }),
      ),
      "commands that ask the process itself": given(
        ...[
          ["pg_isready", "-h", "localhost", "-U", "app"],
          ["redis-cli", "-h", "127.0.0.1", "ping"],
          ["redis-cli", "ping"],
          ["sh", "-c", "curl -fsS http://localhost:8080/alive"],
          ["sh", "-c", 'pg_isready -h "$POD_IP"'],
          ["wget", "-qO-", "http://[::1]:8080/alive"],
          ["nc", "-z", "localhost", "8080"],
          ["psql", "-h", "/var/run/postgresql", "-c", "select 1"],
          ["cat", "/tmp/alive"],
        ].map((command, index) => ({ ...asking({ exec: { command } }), name: `shop-${index}` })),
        { ...asking({ httpGet: { path: "/alive", port: 8080, host: "127.0.0.1" } }), name: "page" },
        { ...asking({ tcpSocket: { port: 8080, host: "localhost" } }), name: "port" },
      ),
      "ports that Services lead to": given(asking({ tcpSocket: { port: 9090 } }), service),
      "the port of a Service that says no other": given(asking({ tcpSocket: { port: 9091 } }), service),
      "one of several ports by its name": given(
        but(asking({ httpGet: { path: "/alive", port: "admin" } }), {
          [`${first}.ports`]: [
            { name: "http", containerPort: 8080 },
            { name: "admin", containerPort: 9000 },
          ],
        }),
      ),
      "an init container that ends": given(
        but(deployment, {
          [`${pod}.initContainers`]: [{ name: "a", livenessProbe: { ...alive, ...quick, timeoutSeconds: 2 } }],
        }),
      ),
      "a port of another container": given(
        but(asking({ tcpSocket: { port: 7 } }), {
          [`${pod}.initContainers`]: [{ name: "side", restartPolicy: "Always", ports: [{ containerPort: 7 }] }],
        }),
      ),
      "a container that declares none": given(
        but(asking({ grpc: { port: 7 } }), { [`${first}.ports`]: undefined, [`${first}.readinessProbe`]: undefined }),
      ),
    },
    bad: {
      "a port below zero": given(asking({ httpGet: { path: "/alive", port: -1 } })),
      "a port beyond the last": given(asking({ httpGet: { path: "/alive", port: 70_000 } })),
      "a port beyond the last, of a container that declares none": given(
        but(asking({ httpGet: { path: "/alive", port: 70_000 } }), {
          ...patiently,
          [`${first}.ports`]: undefined,
          [`${first}.readinessProbe`]: { exec: { command: ["/ready"] } },
        }),
      ),
      "ten seconds to start": given(living({ ...quick, timeoutSeconds: 2 })),
      "twenty seconds to start": given(living({ ...quick, timeoutSeconds: 2, initialDelaySeconds: 10 })),
      "a startup probe of ten seconds": given(living({}, quick)),
      "a startup probe that covers nothing": given(
        but(living({ ...quick, timeoutSeconds: 2 }), { [`${first}.startupProbe`]: { exec: { command: ["true"] } } }),
      ),
      "a startup probe that asks nothing": given(
        but(living({ ...quick, timeoutSeconds: 2 }), { [`${first}.startupProbe`]: { failureThreshold: 60 } }),
      ),
      "a restart before readiness": given(
        but(living({ periodSeconds: 1, failureThreshold: 1, timeoutSeconds: 2 }, { failureThreshold: 30 }), {
          [`${first}.readinessProbe`]: { httpGet: { path: "/ready", port: "http" } },
        }),
      ),
      "a second for an answer": given(living({ timeoutSeconds: 1 })),
      "one failure after a second": given(living({ periodSeconds: 30, failureThreshold: 1 })),
      "a database": given(asking({ exec: { command: ["pg_isready", "-h", "db", "-p", "5432"] } })),
      "a cache, in a shell": given(asking({ exec: { command: ["sh", "-c", "redis-cli --host=cache.shop ping"] } })),
      "another service": given(asking({ exec: { command: ["sh", "-c", "curl -fsS http://cart/alive"] } })),
      "a port of another host": given(asking({ exec: { command: ["nc", "-z", "-w", "2", "db", "5432"] } })),
      "a page of another host": given(asking({ httpGet: { path: "/alive", port: 8080, host: "cart.shop" } })),
      "a page of a host that is called almost as the pod itself": given(
        asking({ httpGet: { path: "/alive", port: 8080, host: "localhost.shop" } }),
      ),
      "a page of a host that ends as the pod itself": given(
        asking({ httpGet: { path: "/alive", port: 8080, host: "not-localhost" } }),
      ),
      "a socket of another host": given(asking({ tcpSocket: { port: 5432, host: "db.shop" } })),
      "a command that always succeeds": given(asking({ exec: { command: ["sh", "-c", "exit 0"] } })),
      "two successes": given(living({ successThreshold: 2 })),
      "two successes to start": given(living({}, { successThreshold: 2 })),
      "a port by its name, where none is declared": given(
        but(asking({ httpGet: { path: "/alive", port: "admin" } }), {
          [`${first}.ports`]: undefined,
          [`${first}.readinessProbe`]: { httpGet: { path: "/ready", port: 8080 } },
          ...patiently,
        }),
      ),
      "a port by its name, where one without a name is declared": given(
        but(asking({ httpGet: { path: "/alive", port: "admin" } }), {
          [`${first}.ports`]: [{ containerPort: 8080 }],
          [`${first}.readinessProbe`]: { httpGet: { path: "/ready", port: 8080 } },
          ...patiently,
        }),
      ),
      "a restart before readiness and before the start": given(
        but(living({ periodSeconds: 1, failureThreshold: 2, timeoutSeconds: 2 }), {
          [`${first}.readinessProbe`]: { httpGet: { path: "/ready", port: "http" } },
        }),
      ),
      "a port that is not declared by its name": given(asking({ httpGet: { path: "/alive", port: "admin" } })),
      "a port of the startup probe alone, and of readiness alone": given(
        but(living({}, { failureThreshold: 30, httpGet: { port: "admin" } }), {
          [`${first}.readinessProbe`]: { httpGet: { path: "/ready", port: "9a9" } },
        }),
      ),
      "a port of gRPC that nobody declares": given(asking({ grpc: { port: 9000 } })),
      "a port that nobody declares": given(
        but(asking({ tcpSocket: { port: 9000 } }), { [`${first}.startupProbe`]: { tcpSocket: { port: 9000 } } }),
      ),
      "a port by a name that nobody declares, twice": given(
        but(asking({ tcpSocket: { port: "admin" } }), { [`${first}.startupProbe`]: { tcpSocket: { port: "admin" } } }),
      ),
      "a native sidecar": given(
        but(deployment, {
          [`${pod}.initContainers`]: [
            { name: "tls", restartPolicy: "Always", livenessProbe: { ...alive, ...quick, timeoutSeconds: 2 } },
          ],
        }),
      ),
      "a DaemonSet": given({ ...living({ ...quick, timeoutSeconds: 2 }), type: "kubernetes:apps/v1:DaemonSet" }),
    },
  },
];
