/** Every field of a spec that cannot work is refused with its place, what was allowed and what to do. */
import { expect, test } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { fullest, platform, smallest, undo } from "./spec-fixture";

const refused = (change: Partial<AppSpec>, base: AppSpec = smallest): string => {
  try {
    app({ ...base, ...change }, platform);
  } catch (error) {
    return (error as Error).message.split("\n").slice(1).join("\n");
  }
  return "accepted";
};

test("the smallest and the fullest spec are accepted", () => {
  expect([refused({}), refused({}, fullest)]).toEqual(["accepted", "accepted"]);
});

const aPath =
  'a path that begins with / and has only characters of a URL: no space, bracket, brace, # or letter with an accent; fix: Write it as it is requested, such as "/ready".';
const bothPaths =
  "both paths: a release gives each version a session of the other, because no gate on errors detects a rejected one; fix: Add a path that opens a session of a test user, and one that succeeds only within a session.";
const flags = { application: "shop", profile: "release" };
const appConfig = { cidr: "10.0.0.0/20", port: 443 };
const aPort = "a whole number from 1 to 65535; fix: Give the port that it listens on.";

test.each<[Partial<AppSpec>, string]>([
  [
    { name: "argocd" },
    `name: got "argocd"; allowed: a name that no part of the platform has: it is the application's namespace and host name; fix: Give it another name.`,
  ],
  [
    { image: "shop:1.4.2" },
    'image: got "shop:1.4.2"; allowed: registry/repository, a tag if you like, and @sha256: with 64 hexadecimal digits; fix: Take the digest that the push printed: a tag may be another image tomorrow.',
  ],
  [
    { undo: { of: "1.4.1", to: undo.to } },
    'undo.of: got "1.4.1"; allowed: the digest that is taken back, sha256: with 64 hexadecimal digits, and not undo.to; fix: Let `npx fridayproof undo` write it.',
  ],
  [
    { undo: { of: undo.to, to: undo.to } },
    `undo.of: got "${undo.to}"; allowed: the digest that is taken back, sha256: with 64 hexadecimal digits, and not undo.to; fix: Let \`npx fridayproof undo\` write it.`,
  ],
  [
    { undo, image: `registry.example.com/shop@${undo.of}` },
    `undo.to: got "${undo.to}"; allowed: the digest of image; fix: Take \`undo\` out: it was for that release, and this one would leave its gates out.`,
  ],
  [{ port: 0 }, `port: got 0; allowed: ${aPort}`],
  [{ metricsPort: 70_000 }, `metricsPort: got 70000; allowed: ${aPort}`],
  [{ readinessPath: "ready" }, `readinessPath: got "ready"; allowed: ${aPath}`],
  [{ livenessPath: "live" }, `livenessPath: got "live"; allowed: ${aPath}`],
  [{ journeys: ["/a b"] }, `journeys[0]: got "/a b"; allowed: ${aPath}`],
  [{ calls: [{ application: "cart", port: 1.5 }] }, `calls[0].port: got 1.5; allowed: ${aPort}`],
  [
    { replicas: 1 },
    "replicas: got 1; allowed: a whole number from 2; fix: Write 2 or more: with one pod every eviction is an outage.",
  ],
  [
    { replicas: { min: 5, max: 3 } },
    "replicas.max: got 3; allowed: a whole number from min, which is 5; fix: Raise max, or lower min.",
  ],
  [
    { resources: { cpu: "1", memory: "256m" } },
    'resources.memory: got "256m"; allowed: a whole number above 0 with Mi or Gi; fix: Write "256Mi": 256m would be a quarter of a byte, and 256 that many bytes.',
  ],
  [
    { resources: { cpu: "fast", memory: "1Gi" } },
    'resources.cpu: got "fast"; allowed: cores above 0, or thousandths of one with m; fix: Write "250m" for a quarter of a core.',
  ],
  [
    { env: { "LOG-LEVEL": "info" } },
    'env.LOG-LEVEL: got "LOG-LEVEL"; allowed: letters, digits and underscores, with no digit first; fix: Rename the variable.',
  ],
  [
    { env: { A: "1" }, secrets: { A: { secret: "a", property: "a" } } },
    'secrets.A: got "A"; allowed: a name that env does not have: the later of the two would win silently; fix: Remove env.A, or rename one of them.',
  ],
  [
    { sessions: { kept: "shared-store", issuedBy: "/a", readBy: "/b" } },
    "calls: got nothing; allowed: where the store is: everything that is not named is closed; fix: Add the store's address and port to calls.",
  ],
  [
    { sessions: { kept: "shared-store" }, calls: [{ application: "redis", port: 6379 }] },
    `sessions.issuedBy: got nothing; allowed: ${bothPaths}`,
  ],
  [{ sessions: { kept: "stateless", issuedBy: "/a" } }, `sessions.readBy: got nothing; allowed: ${bothPaths}`],
  [
    { sessions: { kept: "stateless", issuedBy: "/a", readBy: "/b[1-9]" } },
    'sessions.readBy: got "/b[1-9]"; allowed: a path that begins with / and has no space, bracket or brace; fix: Write it as it is requested, such as "/session".',
  ],
  [
    { strategy: "rolling", sessions: { kept: "stateless", issuedBy: "/a", readBy: "/b" } },
    'strategy: got "rolling"; allowed: canary or blueGreen, because a rolling update has no test before its users that could request the paths; fix: Take one of them, or leave sessions.issuedBy and sessions.readBy out.',
  ],
  [
    { sessions: { kept: "sticky" } },
    "strategy: got nothing; allowed: blueGreen with sticky sessions: each share of a canary is drawn anew for every request, so a user would meet both versions; fix: Take blueGreen, or keep sessions where both versions read them.",
  ],
  [
    { strategy: "blueGreen", sessions: { kept: "sticky", issuedBy: "/a", readBy: "/b" } },
    'sessions: got {"kept":"sticky","issuedBy":"/a","readBy":"/b"}; allowed: no paths: a session in the memory of a pod is nothing that another version could read; fix: Leave sessions.issuedBy and sessions.readBy out.',
  ],
  ...["tmp", "/etc/app", "/tmp/../etc", "/"].map((scratch): [Partial<AppSpec>, string] => [
    { state: { scratch, size: "1Gi" } },
    `state.scratch: got "${scratch}"; allowed: the absolute path of a folder that is neither the system's nor Kubernetes'; fix: Write "/tmp", or a folder of its own.`,
  ]),
  [
    { state: { scratch: "/tmp", size: "64" } },
    'state.size: got "64"; allowed: a whole number with Mi or Gi; fix: Write "64Mi": a pod that writes more is evicted, and a folder without a bound fills the node.',
  ],
  [
    { flags: { application: "shop", profile: "a:b" }, calls: [appConfig] },
    'flags.profile: got "a:b"; allowed: 1 to 64 letters, digits, dots, underscores and dashes, with a letter or digit first; fix: Give the name that it has in AWS AppConfig.',
  ],
  [
    { flags, calls: [{ application: "cart", port: 443 }] },
    'calls: got [{"application":"cart","port":443}]; allowed: a block of addresses with port 443, at which the agent finds AWS AppConfig; fix: Add { cidr: "…", port: 443 }: the subnets of the endpoint of AppConfig\'s data plane.',
  ],
  [
    { flags, calls: [appConfig], port: 2772 },
    "port: got 2772; allowed: a port other than 2772, which the agent of flags has in the same pod; fix: Serve on another port.",
  ],
  [
    { flags, calls: [appConfig], env: { FLAGS_URL: "x" } },
    'env.FLAGS_URL: got "FLAGS_URL"; allowed: another name: flags sets this one; fix: Remove it, or rename it.',
  ],
  [
    { expectedRps: 0 },
    "expectedRps: got 0; allowed: a number above 0; fix: Leave it out where it is unknown: a Job then sends the requests that a step needs.",
  ],
  [
    { expectedRps: 16 },
    "expectedRps: got 16; allowed: at least 17 at a first step of 5 %: it brings 96 requests in 120 s, and a step needs 100 or more; fix: Begin with more traffic, or leave expectedRps out: a Job then sends the requests that a step needs.",
  ],
  [
    { usualErrorRatio: 1 },
    "usualErrorRatio: got 1; allowed: a share from 0 to below 1; fix: Write the share of requests that fails without a bug, such as 0.001.",
  ],
  [
    { strategy: "rolling", businessMetrics: fullest.businessMetrics },
    'strategy: got "rolling"; allowed: canary or blueGreen, because a rolling update has no gates and no smoke test for businessMetrics; fix: Take canary or blueGreen, or leave businessMetrics out.',
  ],
])("%j", (change, message) => {
  expect(refused(change)).toBe(`  ${message}`);
});

test("names of jobs and metrics are checked as names, and everything wrong is said at once", () => {
  const [metric] = fullest.businessMetrics ?? [];
  const lines = refused({
    jobs: [{ name: "Clean up", schedule: "0 3 * * *", command: ["/app"] }],
    businessMetrics: metric && [{ ...metric, name: "Log ins" }],
  }).split("\n");
  expect(lines.map((line) => line.trim().split(":")[0])).toEqual(["jobs[0].name", "businessMetrics[0].name"]);
});

test("a quiet service may begin with more traffic", () => {
  expect(refused({ expectedRps: 16, strategy: "blueGreen" })).toBe("accepted");
});

test("flags are refused where the environment has no image of the agent", () => {
  const { flagAgentImage: _, ...bare } = platform;
  expect(() => app({ ...smallest, flags, calls: [appConfig] }, bare)).toThrow(
    '1 problem in application "shop":\n  flags: got {"application":"shop","profile":"release"}; allowed: an environment that has an image of AWS AppConfig\'s agent by digest; fix: Write it beside the image of curl: { "flagAgent": "registry.example.com/agent@sha256:..." } in apps/images.json.',
  );
});
