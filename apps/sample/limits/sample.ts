/** Numbers of the sample: each with its unit, what it rests on, and what another value would break. */

/** One number, in the form of the platform's own tables. */
interface Row {
  readonly value: number;
  readonly unit: "milliseconds" | "port" | "count" | "bytes" | "hours" | "percent";
  readonly kind: "choice";
  readonly source: string;
  readonly checked: string;
  readonly reason: string;
}

const choice = <U extends Row["unit"]>(value: number, unit: U, source: string, reason: string) =>
  ({ value, unit, kind: "choice", source, checked: "2026-11-30", reason }) as const;

const NODE = "https://nodejs.org/docs/latest-v20.x/api/http.html#serverkeepalivetimeout";
const NGINX = "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout";
const PG = "https://node-postgres.com/apis/client";
const REDIS = "https://github.com/redis/ioredis#auto-reconnect";
const APPCONFIG = "https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-agent-how-to-use.html";
const POSTGRES = "https://www.postgresql.org/docs/15/runtime-config-client.html#GUC-LOCK-TIMEOUT";
const PROBES = "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/";

/** What the service, its checks and its migrations go by. */
export const sampleLimits = {
  port: choice(8080, "port", PROBES, "Above 1024: the process needs no right to open it."),
  keepAlive: choice(
    65_000,
    "milliseconds",
    NODE,
    "Longer than any proxy in front keeps an idle connection (nginx 60 s, the gateway 30 s): who closes first must be the proxy, or a request meets a closed connection.",
  ),
  headers: choice(66_000, "milliseconds", NODE, "Above keepAlive, or Node ends idle connections by this one first."),
  drainWait: choice(
    1_000,
    "milliseconds",
    NGINX,
    "Longer than the proxy keeps an idle connection to an instance (500 ms in compose/), and than two checks of /ready.",
  ),
  drainEnd: choice(
    30_000,
    "milliseconds",
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
    "As long as the longest request may take; with drainWait and preStop it stays within the pod's 60 s.",
  ),
  bodyMost: choice(65_536, "bytes", NODE, "An order is some hundred bytes; what is larger is refused unread."),
  checkPeriod: choice(
    2_000,
    "milliseconds",
    PROBES,
    "Ten instances send 50 requests in 10 s; when each probe sent its own it was 300.",
  ),
  checkTimeout: choice(500, "milliseconds", PG, "A frozen peer never responds: without it the check never ends."),
  checkFailures: choice(
    3,
    "count",
    PROBES,
    "A check that fails one time in ten flips 324 times an hour at one failure, 3 times at three.",
  ),
  checkSpread: choice(20, "percent", PROBES, "Instances that were started together do not check, and leave, in step."),
  diskLeast: choice(16_777_216, "bytes", PROBES, "What temporary files of requests in flight may need."),
  queryTimeout: choice(2_000, "milliseconds", PG, "The library's default is none; users do not wait longer."),
  poolSize: choice(10, "count", PG, "Three instances stay below a hundred connections, the server's default."),
  redisTimeout: choice(500, "milliseconds", REDIS, "The default is none: commands to a frozen server never end."),
  redisRetryMost: choice(1_000, "milliseconds", REDIS, "By default it grows to 2 s and more after a restart."),
  sessionHours: choice(12, "hours", "https://cheatsheetseries.owasp.org/", "A working day; then a new login."),
  flagPoll: choice(
    500,
    "milliseconds",
    APPCONFIG,
    "The agent responds from its cache; with its 15 s and both response times a kill stays within 16 s, with a whole second it would not.",
  ),
  flagTimeout: choice(300, "milliseconds", APPCONFIG, "The agent is on the same host; later, the last value stands."),
  flagPeople: choice(10_000, "count", APPCONFIG, "Responses cached for single people, some hundred bytes each."),
  slowMost: choice(30_000, "milliseconds", NODE, "No request takes longer than what a drain waits for."),
  lockTimeout: choice(
    200,
    "milliseconds",
    POSTGRES,
    "A statement that waits for a table holds up all who come after it: at 200 ms the longest read was 217 ms, without it 3,026.",
  ),
  lockPause: choice(500, "milliseconds", POSTGRES, "Time for those who waited before the next attempt."),
  lockAttempts: choice(20, "count", POSTGRES, "Fourteen seconds; a reader that is longer is worth a person's look."),
  backfillTail: choice(
    10,
    "count",
    POSTGRES,
    "Batches that are not full: what other sessions had locked has its turns, and a version that goes on writing cannot hold a release.",
  ),
  migratorWait: choice(
    60_000,
    "milliseconds",
    "https://www.postgresql.org/docs/15/functions-admin.html#FUNCTIONS-ADVISORY-LOCKS",
    "How long a second migrator waits for the first one before it fails.",
  ),
} satisfies Readonly<Record<string, Row>>;
