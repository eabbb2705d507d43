/** Specs that no compiler has seen: each is refused with its path, what came, what may come and what to do. */
import { expect, test } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import type { AppPlatform, AppSpec } from "../../../../components/delivery/app/spec";
import { fullest, platform, smallest } from "./spec-fixture";

function refused(spec: unknown, on: AppPlatform = platform): string {
  try {
    app(spec as AppSpec, on);
  } catch (error) {
    return (error as Error).message.split("\n").slice(1).join("\n");
  }
  return "accepted";
}

const inQuotes = "a text in quotes that is not empty; fix: Write it so.";
const aNumber = "a number, without quotes; fix: Write it so.";
const aList = "a list in brackets; fix: Write it so.";
const filled = "a list with something in it; fix: Fill it, or leave it out.";
const once = "each name once; fix: Rename it, or remove it.";
const volume =
  '"none", or { scratch, size }: a block volume is in one zone and at one pod, so two versions cannot both have it; fix: Keep what must stay in a database or in S3, and name it in calls.';
const cron =
  'a cron expression of five fields: minute, hour, day, month, day of the week; some day must meet it; fix: Write "0 3 * * *" for 03:00 UTC.';
const anImage =
  "registry/repository, a tag if you like, and @sha256: with 64 hexadecimal digits; fix: Take the digest that the push printed: a tag may be another image tomorrow.";
const aPath =
  'a path that begins with / and has only characters of a URL: no space, bracket, brace, # or letter with an accent; fix: Write it as it is requested, such as "/ready".';
const job = { name: "clean", schedule: "0 3 * * *", command: ["/app"] };
const metric = { name: "logins", query: "{{canary}}", atLeast: 0.9 };

test.each<[object, string]>([
  [{ image: undefined }, "image: got nothing; allowed: a value: it is required; fix: Write it."],
  [{ name: 5 }, `name: got 5; allowed: ${inQuotes}`],
  [{ name: "" }, `name: got ""; allowed: ${inQuotes}`],
  [{ port: "8080" }, `port: got "8080"; allowed: ${aNumber}`],
  [{ port: Number.NaN }, `port: got NaN; allowed: ${aNumber}`],
  [{ readinessPath: true }, `readinessPath: got true; allowed: ${inQuotes}`],
  [{ replicas: "3" }, `replicas: got "3"; allowed: ${aNumber}`],
  [{ replicas: { min: 3 } }, "replicas.max: got nothing; allowed: a value: it is required; fix: Write it."],
  [{ replicas: null }, "replicas: got null; allowed: an object with min, max; fix: Write it so."],
  [
    { strategy: "recreate" },
    'strategy: got "recreate"; allowed: "canary", "canary-5-20-100", "canary-5-10-25-50-100", "blueGreen", "rolling"; fix: Take one of them.',
  ],
  [{ objectives: "lax" }, 'objectives: got "lax"; allowed: "standard", "strict"; fix: Take one of them.'],
  [
    { replica: 3 },
    "replica: got 3; allowed: known fields only; fix: Remove it: it would have no effect. Did you mean replicas?",
  ],
  [{ volumes: [] }, "volumes: got []; allowed: known fields only; fix: Remove it: it would have no effect."],
  [{ env: { DEBUG: true } }, 'env.DEBUG: got true; allowed: a text in quotes; fix: Write "true" in quotes.'],
  [{ env: { PORT: 80 } }, 'env.PORT: got 80; allowed: a text in quotes; fix: Write "80" in quotes.'],
  [{ env: ["A=1"] }, 'env: got ["A=1"]; allowed: an object in braces, by name; fix: Write it so.'],
  [
    { secrets: { URL: "database" } },
    'secrets.URL: got "database"; allowed: an object with secret, property; fix: Write it so.',
  ],
  [{ journeys: "/login" }, `journeys: got "/login"; allowed: ${aList}`],
  [{ migration: "migrate" }, `migration: got "migrate"; allowed: ${aList}`],
  [{ migration: [] }, `migration: got []; allowed: ${filled}`],
  [{ jobs: [{ ...job, command: [] }] }, `jobs[0].command: got []; allowed: ${filled}`],
  [{ jobs: [{ ...job, schedule: "daily" }] }, `jobs[0].schedule: got "daily"; allowed: ${cron}`],
  [{ jobs: [{ ...job, schedule: "0 24 * * *" }] }, `jobs[0].schedule: got "0 24 * * *"; allowed: ${cron}`],
  [{ jobs: [{ ...job, schedule: "9-3 * * * *" }] }, `jobs[0].schedule: got "9-3 * * * *"; allowed: ${cron}`],
  [{ jobs: [job, job] }, `jobs[1].name: got "clean"; allowed: ${once}`],
  [
    { jobs: [{ ...job, name: "a".repeat(50) }] },
    `jobs[0].name: got "shop-${"a".repeat(50)}"; allowed: up to 52 characters as shop-<name>, which the CronJob is called; fix: Shorten it.`,
  ],
  [{ businessMetrics: [metric, metric] }, `businessMetrics[1].name: got "logins"; allowed: ${once}`],
  [
    { businessMetrics: [{ ...metric, name: "smoke" }] },
    'businessMetrics[0].name: got "smoke"; allowed: a name other than smoke, load-lead, load-gate and load-bake, which the platform\'s own tests have; fix: Rename it.',
  ],
  [
    { businessMetrics: [{ ...metric, atLeast: 0 }] },
    "businessMetrics[0].atLeast: got 0; allowed: a ratio above 0, up to 1; fix: Write 0.9 for at most a tenth less than the serving version has.",
  ],
  [
    { calls: [{ cidr: "10.0.0.0/40", port: 443 }] },
    'calls[0].cidr: got "10.0.0.0/40"; allowed: a block of IPv4 addresses that begins with its first, such as 10.10.64.0/20; fix: Write the block as the network\'s plan has it.',
  ],
  [
    { calls: [{ application: "Cart", port: 80 }] },
    'calls[0].application: got "Cart"; allowed: lower-case letters, digits and dashes, with no dash at either end; fix: Leave the other characters out.',
  ],
  [{ callers: ["cart", "cart"] }, `callers[1]: got "cart"; allowed: ${once}`],
  [{ resources: { cpu: "1" } }, "resources.memory: got nothing; allowed: a value: it is required; fix: Write it."],
  [
    { resources: { cpu: "0", memory: "0Mi" } },
    [
      'resources.cpu: got "0"; allowed: cores above 0, or thousandths of one with m; fix: Write "250m" for a quarter of a core.',
      'resources.memory: got "0Mi"; allowed: a whole number above 0 with Mi or Gi; fix: Write "256Mi": 256m would be a quarter of a byte, and 256 that many bytes.',
    ].join("\n  "),
  ],
  [{ state: "volume" }, `state: got "volume"; allowed: ${volume}`],
  [{ state: { volume: "10Gi" } }, `state: got {"volume":"10Gi"}; allowed: ${volume}`],
  [{ sessions: "sticky" }, 'sessions: got "sticky"; allowed: an object with kept, issuedBy, readBy; fix: Write it so.'],
  [
    { sessions: { kept: "redis" } },
    'sessions.kept: got "redis"; allowed: "stateless", "shared-store", "sticky"; fix: Take one of them.',
  ],
  [
    { name: "2shop" },
    'name: got "2shop"; allowed: lower-case letters, digits and dashes, with a letter first and no dash at the end; fix: Leave the other characters out.',
  ],
  [
    { name: "a".repeat(57) },
    `name: got "${"a".repeat(57)}"; allowed: 1 to 56 characters (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names); fix: Use a shorter name; this one has 57.`,
  ],
  [{ readinessPath: "/ready[1-9]" }, `readinessPath: got "/ready[1-9]"; allowed: ${aPath}`],
  [
    { name: "a".repeat(54), migration: ["/migrate"] },
    `name: got "${"a".repeat(54)}-migration"; allowed: up to 63 characters as <name>-migration, which the Job of the migration is called; fix: Shorten the name.`,
  ],
  [
    { name: "shöp" },
    'name: got "shöp"; allowed: lower-case letters, digits and dashes, with a letter first and no dash at the end; fix: Leave the other characters out.',
  ],
  ...["/gesund/ä", "/a\u0007", "https://example.com/login", '/a"b', "/a|b", "/<a>"].map((path): [object, string] => [
    { journeys: [path] },
    `journeys[0]: got ${JSON.stringify(path)}; allowed: ${aPath}`,
  ]),
  [
    { livenessPath: "/ready" },
    'livenessPath: got "/ready"; allowed: a path other than readinessPath: with the same, what it depends on would restart every pod; fix: Give one that returns 200 while the process works, whatever it depends on.',
  ],
  [
    { migration: ["/migrate", "a\0b"] },
    'migration[1]: got "a\\u0000b"; allowed: a text without the character of the value 0; fix: Leave that character out.',
  ],
  [
    { migration: ["/migrate"], secrets: { MIGRATION_LOCK_KEY: { secret: "a", property: "b" } } },
    'secrets.MIGRATION_LOCK_KEY: got "MIGRATION_LOCK_KEY"; allowed: another name: migration sets this one; fix: Rename it.',
  ],
  [
    { secrets: { URL: { secret: "fridayproof/prod/shop/database", property: "url" } } },
    'secrets.URL.secret: got "fridayproof/prod/shop/database"; allowed: letters, digits and / _ + = . @ -, without the prefix of environment and application; fix: Give the name, such as database, and not the ARN.',
  ],
  ...["10.10.64.5/20", "fd00::/8", " 10.10.64.0/20"].map((cidr): [object, string] => [
    { calls: [{ cidr, port: 443 }] },
    `calls[0].cidr: got "${cidr}"; allowed: a block of IPv4 addresses that begins with its first, such as 10.10.64.0/20; fix: Write the block as the network's plan has it.`,
  ]),
  ...["a{v='{{canary}}'", "a{v='{{canary}}'} {{", "a{v='{{canary}}'} # all", "a{v='{{canary}}}", "({{canary}}]"].map(
    (query): [object, string] => [
      { businessMetrics: [{ ...metric, query }] },
      `businessMetrics[0].query: got ${JSON.stringify(query)}; allowed: PromQL that closes every quote and bracket that it opens and has no comment: the gate stands around it; fix: Try it in Prometheus first: one that it cannot read sends every release back.`,
    ],
  ),
  ...["0 0 30 2 *", "0 0 31 4,6,9,11 *", "*/0 * * * *", "0 3 * * 7", "0 0 3 * * *", "@reboot", "TZ=UTC 0 3 * * *"].map(
    (schedule): [object, string] => [
      { jobs: [{ ...job, schedule }] },
      `jobs[0].schedule: got "${schedule}"; allowed: ${cron}`,
    ],
  ),
  ...[63, 65].map((length): [object, string] => {
    const image = `registry.example.com/shop@sha256:${"a".repeat(length)}`;
    return [{ image }, `image: got "${image}"; allowed: ${anImage}`];
  }),
  [
    { strategy: ["canary-5-20-100", "blueGreen"] },
    'strategy: got ["canary-5-20-100","blueGreen"]; allowed: "canary", "canary-5-20-100", "canary-5-10-25-50-100", "blueGreen", "rolling"; fix: Take one of them.',
  ],
  [
    { strategy: "blueGreen", steps: [5, 20, 100] },
    "steps: got [5,20,100]; allowed: known fields only; fix: Remove it: it would have no effect.",
  ],
  [
    { resources: { cpu: "1", memory: "1Gi", limits: { memory: "512Mi" } } },
    'resources.limits: got {"memory":"512Mi"}; allowed: known fields only; fix: Remove it: it would have no effect.',
  ],
  [
    { replicas: { min: 2, max: 3.5 } },
    "replicas.max: got 3.5; allowed: a whole number from min, which is 2; fix: Raise max, or lower min.",
  ],
  ...[0, -1].map((expectedRps): [object, string] => [
    { expectedRps },
    `expectedRps: got ${expectedRps}; allowed: a number above 0; fix: Leave it out where it is unknown: a Job then sends the requests that a step needs.`,
  ]),
  ...[Number.NaN, Infinity].map((expectedRps): [object, string] => [
    { expectedRps },
    `expectedRps: got ${expectedRps}; allowed: ${aNumber}`,
  ]),
  [
    { image: undefined, migration: ["/migrate"] },
    "image: got nothing; allowed: a value: it is required; fix: Write it.",
  ],
  [
    { env: { BIG: "x".repeat(200_000) } },
    'env.BIG: got "200000 characters"; allowed: less than 131072 bytes with its name, and no character of the value 0; fix: Put it into a file of the image, or into a store that calls names.',
  ],
])("%j", (change, expected) => {
  expect(refused({ ...smallest, ...change })).toBe(`  ${expected}`);
});

test.each([[null], [[]], ["shop"], [5]])("%j is no spec", (spec) => {
  expect(refused(spec)).toMatch(/^ {2}\(whole\): got .*; allowed: an object with name, image, port, readinessPath/);
});

test.each(["*/5 * * * *", "@hourly", "0 9-17 * * mon-fri", "0,30 * 1 JAN *", "15 3 * * 0"])(
  "the schedule %s is one",
  (schedule) => {
    expect(refused({ ...smallest, jobs: [{ ...job, schedule }] })).toBe("accepted");
  },
);

test.each<[string, object]>([
  ["the longest name that its migration leaves", { name: "a".repeat(53), migration: ["/migrate"] }],
  [
    "a secret read by two variables",
    { secrets: { A: { secret: "a", property: "b" }, B: { secret: "a", property: "b" } } },
  ],
  ["secrets with names that every object has", { secrets: { constructor: { secret: "a", property: "b" } }, env: {} }],
  ["a path with a query", { readinessPath: "/ready?deep=1&of=a%20b" }],
  [
    "a query with quotes, brackets and a comment's sign in a text",
    { businessMetrics: [{ ...metric, query: "sum(a{v='{{ canary }}',w=\"#(\"}[5m])" }] },
  ],
  ["29 February", { jobs: [{ ...job, schedule: "0 0 29 2 *" }] }],
])("%s: accepted", (_title, change) => {
  expect(refused({ ...smallest, ...change })).toBe("accepted");
});

test("images of the platform without a digest are refused, whoever's spec it is", () => {
  expect(refused(fullest, { ...platform, curlImage: "curl:latest", flagAgentImage: "agent" })).toMatch(
    /^ {2}platform\.curlImage: got "curl:latest"; .*\n {2}platform\.flagAgentImage: got "agent"; /,
  );
});

test("every field of a spec is known by its form", () => {
  expect(refused(fullest)).toBe("accepted");
});
