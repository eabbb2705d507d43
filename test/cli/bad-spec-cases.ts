/** Bad specs: what is changed of the smallest one, and each line that is printed of it. */
import { DIGEST, digest } from "./bad-spec-project";

/** What a path may be. */
export const aPath =
  'a path that begins with / and has only characters of a URL: no space, bracket, brace, # or letter with an accent; fix: Write it as it is requested, such as "/ready".';
const aVariable = "letters, digits and underscores, with no digit first; fix: Rename the variable.";
/** What a port may be. */
export const aPort = "a whole number from 1 to 65535; fix: Give the port that it listens on.";
/** What a name without a registry lacks, up to the repository that is written behind it. */
export const aRegistry = (repository: string): string =>
  `a registry's host first, with a dot or a port: without one a node takes docker.io/${repository}; fix: Write the registry that it was pushed to in front, such as "registry.example.com/`;
/** What an image may be. */
export const anImage =
  "registry/repository, a tag if you like, and @sha256: with 64 hexadecimal digits; fix: Take the digest that the push printed: a tag may be another image tomorrow.";
const volume =
  '"none", or { scratch, size }: a block volume is in one zone and at one pod, so two versions cannot both have it; fix: Keep what must stay in a database or in S3, and name it in calls.';
const url = { secret: "database", property: "url" };
const job = { name: "clean", schedule: "0 3 * * *", command: ["/app"] };
const logins = { name: "logins", query: "logins{of='{{canary}}'}", atLeast: 0.9 };

/** Title, change, lines. */
export const badSpecs: [string, object, ...string[]][] = [
  [
    "a name with capitals",
    { name: "Shop" },
    'name: got "Shop"; allowed: lower-case letters, digits and dashes, with a letter first and no dash at the end; fix: Leave the other characters out.',
  ],
  [
    "a name that the platform has",
    { name: "argocd" },
    'name: got "argocd"; allowed: a name that no part of the platform has: it is the application\'s namespace and host name; fix: Give it another name.',
  ],
  ["an image by its tag", { image: "r.example.com/shop:1" }, `image: got "r.example.com/shop:1"; allowed: ${anImage}`],
  [
    "an image without a registry",
    { image: `library/shop@${DIGEST}` },
    `image: got "library/shop@${DIGEST}"; allowed: ${aRegistry("library/shop")}library/shop".`,
  ],
  [
    "an image that is a name alone",
    { image: `shop:1@${DIGEST}` },
    `image: got "shop:1@${DIGEST}"; allowed: ${aRegistry("library/shop")}shop".`,
  ],
  ["a port that is none", { port: 70_000 }, `port: got 70000; allowed: ${aPort}`],
  ["a port in quotes", { port: "8080" }, 'port: got "8080"; allowed: a number, without quotes; fix: Write it so.'],
  ["a port of metrics that is none", { metricsPort: 0 }, `metricsPort: got 0; allowed: ${aPort}`],
  [
    "paths without a slash",
    { readinessPath: "ready", livenessPath: "live" },
    `readinessPath: got "ready"; allowed: ${aPath}`,
    `livenessPath: got "live"; allowed: ${aPath}`,
  ],
  ["a journey with a space", { journeys: ["/in", "/a b"] }, `journeys[1]: got "/a b"; allowed: ${aPath}`],
  [
    "one pod",
    { replicas: 1 },
    "replicas: got 1; allowed: a whole number from 2; fix: Write 2 or more: with one pod every eviction is an outage.",
  ],
  [
    "fewer pods at most than at least",
    { replicas: { min: 5, max: 3 } },
    "replicas.max: got 3; allowed: a whole number from min, which is 5; fix: Raise max, or lower min.",
  ],
  [
    "more pods than a release could double",
    { replicas: 100_000 },
    "replicas: got 100000; allowed: up to 500: a release runs twice as many; fix: Give each pod more CPU, or split the application.",
  ],
  [
    "memory in thousandths",
    { resources: { cpu: "250m", memory: "256m" } },
    'resources.memory: got "256m"; allowed: a whole number above 0 with Mi or Gi; fix: Write "256Mi": 256m would be a quarter of a byte, and 256 that many bytes.',
  ],
  [
    "five hundred cores",
    { resources: { cpu: "500", memory: "256Mi" } },
    'resources.cpu: got "500"; allowed: from 10m to 192 cores; fix: Write "500m" for half a core: "500" is five hundred cores, for which there is no node.',
  ],
  [
    "variables that no shell has",
    { env: { "LOG-LEVEL": "info" }, secrets: { "1URL": url } },
    `env.LOG-LEVEL: got "LOG-LEVEL"; allowed: ${aVariable}`,
    `secrets.1URL: got "1URL"; allowed: ${aVariable}`,
  ],
  [
    "a variable that is a secret too",
    { env: { URL: "a" }, secrets: { URL: url } },
    'secrets.URL: got "URL"; allowed: a name that env does not have: the later of the two would win silently; fix: Remove env.URL, or rename one of them.',
  ],
  [
    "a variable that migrations set",
    { migration: ["/migrate"], env: { MIGRATION_LOCK_KEY: "a" } },
    'env.MIGRATION_LOCK_KEY: got "MIGRATION_LOCK_KEY"; allowed: another name: migration sets this one; fix: Rename it.',
  ],
  [
    "a variable that Linux does not take",
    { env: { BIG: "x".repeat(200_000) } },
    'env.BIG: got "200000 characters"; allowed: less than 131072 bytes with its name, and no character of the value 0; fix: Put it into a file of the image, or into a store that calls names.',
  ],
  [
    "a variable that is no text",
    { env: { DEBUG: true } },
    'env.DEBUG: got true; allowed: a text in quotes; fix: Write "true" in quotes.',
  ],
  [
    "a secret by its ARN",
    { secrets: { URL: { ...url, secret: "arn:aws:a" } } },
    'secrets.URL.secret: got "arn:aws:a"; allowed: letters, digits and / _ + = . @ -, without the prefix of environment and application; fix: Give the name, such as database, and not the ARN.',
  ],
  [
    "a block of addresses that is none",
    { calls: [{ cidr: "10.0.0.0/40", port: 443 }] },
    'calls[0].cidr: got "10.0.0.0/40"; allowed: a block of IPv4 addresses that begins with its first, such as 10.10.64.0/20; fix: Write the block as the network\'s plan has it.',
  ],
  [
    "a caller twice",
    { callers: ["cart", "cart"] },
    'callers[1]: got "cart"; allowed: each name once; fix: Rename it, or remove it.',
  ],
  [
    "a schedule in words",
    { jobs: [{ ...job, schedule: "daily" }] },
    'jobs[0].schedule: got "daily"; allowed: a cron expression of five fields: minute, hour, day, month, day of the week; some day must meet it; fix: Write "0 3 * * *" for 03:00 UTC.',
  ],
  [
    "a job without a command",
    { jobs: [{ ...job, command: [] }] },
    "jobs[0].command: got []; allowed: a list with something in it; fix: Fill it, or leave it out.",
  ],
  [
    "a strategy that there is not",
    { strategy: "recreate" },
    'strategy: got "recreate"; allowed: "canary", "canary-5-20-100", "canary-5-10-25-50-100", "blueGreen", "rolling"; fix: Take one of them.',
  ],
  [
    "gates in a rolling update",
    { strategy: "rolling", journeys: ["/login"], objectives: "strict" },
    'strategy: got "rolling"; allowed: canary or blueGreen, because a rolling update has no gates and no smoke test for journeys and objectives; fix: Take canary or blueGreen, or leave journeys and objectives out.',
  ],
  [
    "traffic that cannot fill the first gate",
    { expectedRps: 1 },
    "expectedRps: got 1; allowed: at least 17 at a first step of 5 %: it brings 6 requests in 120 s, and a step needs 100 or more; fix: Begin with more traffic, or leave expectedRps out: a Job then sends the requests that a step needs.",
  ],
  [
    "errors that would send every version back",
    { usualErrorRatio: 0.2 },
    "usualErrorRatio: got 0.2; allowed: up to 0.005, above which the gate on 5xx sends a version back; fix: Mend what fails first: as it is, no version could be released.",
  ],
  [
    "a number of the business that counts both versions",
    { businessMetrics: [{ ...logins, query: "logins" }] },
    "businessMetrics[0].query: got \"logins\"; allowed: a query with {{canary}} for the new version's Service, and no other name in double braces than {{stable}}; fix: Select the new version's series by {{canary}}: without it both versions are counted.",
  ],
  [
    "a ratio in percent",
    { businessMetrics: [{ ...logins, atLeast: 90 }] },
    "businessMetrics[0].atLeast: got 90; allowed: a ratio above 0, up to 1; fix: Write 0.9 for at most a tenth less than the serving version has.",
  ],
  [
    "an undo of no digest",
    { undo: { of: "1.4.1", to: DIGEST } },
    'undo.of: got "1.4.1"; allowed: the digest that is taken back, sha256: with 64 hexadecimal digits, and not undo.to; fix: Let `npx fridayproof undo` write it.',
  ],
  [
    "an undo that the next release keeps",
    { undo: { of: digest("b"), to: digest("c") } },
    `undo.to: got "${digest("c")}"; allowed: the digest of image; fix: Take \`undo\` out: it was for that release, and this one would leave its gates out.`,
  ],
  ["an undo that is nothing", { undo: null }, "undo: got null; allowed: an object with of, to; fix: Write it so."],
  [
    "sessions in a store that it may not call",
    { sessions: { kept: "shared-store" } },
    "calls: got nothing; allowed: where the store is: everything that is not named is closed; fix: Add the store's address and port to calls.",
    "sessions.issuedBy: got nothing; allowed: both paths: a release gives each version a session of the other, because no gate on errors detects a rejected one; fix: Add a path that opens a session of a test user, and one that succeeds only within a session.",
  ],
  [
    "sticky sessions with a canary",
    { sessions: { kept: "sticky" } },
    "strategy: got nothing; allowed: blueGreen with sticky sessions: each share of a canary is drawn anew for every request, so a user would meet both versions; fix: Take blueGreen, or keep sessions where both versions read them.",
  ],
  ["a volume", { state: { volume: "10Gi" } }, `state: got {"volume":"10Gi"}; allowed: ${volume}`],
  [
    "a scratch folder of the system",
    { state: { scratch: "/etc", size: "1Gi" } },
    'state.scratch: got "/etc"; allowed: the absolute path of a folder that is neither the system\'s nor Kubernetes\'; fix: Write "/tmp", or a folder of its own.',
  ],
  [
    "flags without a way to AppConfig",
    { flags: {} },
    'calls: got []; allowed: a block of addresses with port 443, at which the agent finds AWS AppConfig; fix: Add { cidr: "…", port: 443 }: the subnets of the endpoint of AppConfig\'s data plane.',
  ],
  [
    "a field with a slip",
    { replica: 3 },
    "replica: got 3; allowed: known fields only; fix: Remove it: it would have no effect. Did you mean replicas?",
  ],
  [
    "a field that is missing",
    { image: undefined },
    "image: got nothing; allowed: a value: it is required; fix: Write it.",
  ],
  [
    "a name that its migration makes too long",
    { name: "a".repeat(56), migration: ["/migrate"] },
    `name: got "${"a".repeat(56)}-migration"; allowed: up to 63 characters as <name>-migration, which the Job of the migration is called; fix: Shorten the name.`,
  ],
  [
    "one path for both probes",
    { livenessPath: "/ready" },
    'livenessPath: got "/ready"; allowed: a path other than readinessPath: with the same, what it depends on would restart every pod; fix: Give one that returns 200 while the process works, whatever it depends on.',
  ],
  [
    "a number of the business that Prometheus cannot read",
    { businessMetrics: [{ ...logins, query: "logins{of='{{canary}}'" }] },
    "businessMetrics[0].query: got \"logins{of='{{canary}}'\"; allowed: PromQL that closes every quote and bracket that it opens and has no comment: the gate stands around it; fix: Try it in Prometheus first: one that it cannot read sends every release back.",
  ],
  [
    "a day that no year has",
    { jobs: [{ ...job, schedule: "0 3 30 2 *" }] },
    'jobs[0].schedule: got "0 3 30 2 *"; allowed: a cron expression of five fields: minute, hour, day, month, day of the week; some day must meet it; fix: Write "0 3 * * *" for 03:00 UTC.',
  ],
  [
    "a journey at another host",
    { journeys: ["https://login.example.com/"] },
    `journeys[0]: got "https://login.example.com/"; allowed: ${aPath}`,
  ],
];
