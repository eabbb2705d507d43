/** Specs that have their form and could never run, or never be released: absurd sizes, slips of units, contradictions. */
import { describe, expect, test } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import { detections, failedByMeasurement } from "../../../../components/delivery/app/detection";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { platform, smallest } from "./spec-fixture";

/** What is refused, without the fix; empty where the spec is accepted. */
function refused(change: object): readonly string[] {
  try {
    app({ ...smallest, ...change } as AppSpec, platform);
  } catch (error) {
    const lines = (error as Error).message.split("\n").slice(1);
    return lines.map((line) => line.trim().replace(/; fix: [^]*$/, ""));
  }
  return [];
}
const digest = `@sha256:${"a".repeat(64)}`;
const metric = { name: "logins", query: "{{canary}} / {{stable}}", atLeast: 0.9 };
const cron =
  "a cron expression of five fields: minute, hour, day of month, month, day of the week; some day must meet it".replace(
    "day of month",
    "day",
  );
const resources = (cpu: string, memory: string) => ({ resources: { cpu, memory } });

describe("sizes end where nothing could run with them", () => {
  test.each<[string, object, string | undefined]>([
    ["10m", resources("10m", "1Gi"), undefined],
    ["9m", resources("9m", "1Gi"), 'resources.cpu: got "9m"; allowed: from 10m to 192 cores'],
    ["192 cores", resources("192", "1Gi"), undefined],
    [
      "500 cores, meant thousandths",
      resources("500", "1Gi"),
      'resources.cpu: got "500"; allowed: from 10m to 192 cores',
    ],
    ["16Mi", resources("1", "16Mi"), undefined],
    ["15Mi", resources("1", "15Mi"), 'resources.memory: got "15Mi"; allowed: from 16Mi to 1536Gi'],
    ["1536Gi", resources("1", "1536Gi"), undefined],
    ["1537Gi", resources("1", "1537Gi"), 'resources.memory: got "1537Gi"; allowed: from 16Mi to 1536Gi'],
    ["50Gi of scratch", { state: { scratch: "/tmp", size: "50Gi" } }, undefined],
    [
      "51Gi",
      { state: { scratch: "/tmp", size: "51Gi" } },
      'state.size: got "51Gi"; allowed: up to 50Gi, the disk of a node',
    ],
    ["500 pods", { replicas: 500 }, undefined],
    ["501 pods", { replicas: 501 }, "replicas: got 501; allowed: up to 500: a release runs twice as many"],
    [
      "501 at most",
      { replicas: { min: 3, max: 501 } },
      "replicas.max: got 501; allowed: up to 500: a release runs twice as many",
    ],
    [
      "requests in a day",
      { expectedRps: 1_000_001 },
      "expectedRps: got 1000001; allowed: up to 1000000 requests in a second",
    ],
    ["1,024 characters", { readinessPath: `/${"a".repeat(1023)}` }, undefined],
    [
      "1,025",
      { livenessPath: `/${"a".repeat(1024)}` },
      'livenessPath: got "1025 characters"; allowed: up to 1024 characters',
    ],
    ["requests of the most", { expectedRps: 1_000_000 }, undefined],
    [
      "1,025 of a journey",
      { journeys: [`/${"a".repeat(1024)}`] },
      'journeys[0]: got "1025 characters"; allowed: up to 1024 characters',
    ],
    ["50 journeys", { journeys: Array.from({ length: 50 }, (_, at) => `/${at}`) }, undefined],
    [
      "51 journeys",
      { journeys: Array.from({ length: 51 }, (_, at) => `/${at}`) },
      'journeys: got "51 paths"; allowed: up to 50 paths: the smoke test has to end before its deadline',
    ],
    [
      "variables that fill an object",
      { env: Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`A${at}`, "x".repeat(100_000)])) },
      '(whole): got "600245 bytes"; allowed: up to 524288 bytes in all',
    ],
    [
      "a repository's name that no registry reads",
      { image: `registry.example.com/${"a".repeat(500)}${digest}` },
      'image: got "521 characters"; allowed: a repository of up to 255 characters',
    ],
  ])("%s", (_, change, expected) => {
    expect(refused(change)).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe("what no controller could read, or nobody would be told of", () => {
  const image = "registry/repository, a tag if you like, and @sha256: with 64 hexadecimal digits";
  const secret = "letters, digits and / _ + = . @ -, without the prefix of environment and application";
  const query =
    "a query with {{canary}} for the new version's Service, and no other name in double braces than {{stable}}";
  const job = (schedule: string) => ({ jobs: [{ name: "clean", schedule, command: ["/app"] }] });
  test.each<[object, string | undefined]>([
    [
      { image: `registry.example.com/a/../b${digest}` },
      `image: got "registry.example.com/a/../b${digest}"; allowed: ${image}`,
    ],
    [{ image: `registry.example.com/a__b/c-d.e${digest}` }, undefined],
    [job("0 3 30 2 *"), `jobs[0].schedule: got "0 3 30 2 *"; allowed: ${cron}`],
    [job("0 3 29 2 *"), undefined],
    [job("0 3 30 2 1"), undefined],
    [job("0 3 * * xyz"), `jobs[0].schedule: got "0 3 * * xyz"; allowed: ${cron}`],
    [job("jan 3 * * *"), `jobs[0].schedule: got "jan 3 * * *"; allowed: ${cron}`],
    [job("*/5 3-4,6/2 * jan-MAR sun"), undefined],
    [job("*-5 * * * *"), `jobs[0].schedule: got "*-5 * * * *"; allowed: ${cron}`],
    [job("9x * * * *"), `jobs[0].schedule: got "9x * * * *"; allowed: ${cron}`],
    [job("*/0 * * * *"), `jobs[0].schedule: got "*/0 * * * *"; allowed: ${cron}`],
    [job("*/2/3 * * * *"), `jobs[0].schedule: got "*/2/3 * * * *"; allowed: ${cron}`],
    [job("60 * * * *"), `jobs[0].schedule: got "60 * * * *"; allowed: ${cron}`],
    [job("1-60 * * * *"), `jobs[0].schedule: got "1-60 * * * *"; allowed: ${cron}`],
    [job("0 3 0 * *"), `jobs[0].schedule: got "0 3 0 * *"; allowed: ${cron}`],
    [job("0 3 * *"), `jobs[0].schedule: got "0 3 * *"; allowed: ${cron}`],
    [job("0 0 3 * * *"), `jobs[0].schedule: got "0 0 3 * * *"; allowed: ${cron}`],
    [job("0 3 31 2,4 *"), `jobs[0].schedule: got "0 3 31 2,4 *"; allowed: ${cron}`],
    [job("0 3 28-31 2,3 *"), undefined],
    [job("@daily"), undefined],
    [job("@daily 1"), `jobs[0].schedule: got "@daily 1"; allowed: ${cron}`],
    [job("1-2-3 * * * *"), `jobs[0].schedule: got "1-2-3 * * * *"; allowed: ${cron}`],
    [
      { secrets: { A: { secret: "my secret", property: "p" } } },
      `secrets.A.secret: got "my secret"; allowed: ${secret}`,
    ],
    [
      { secrets: { A: { secret: "arn:aws:x", property: "p" } } },
      `secrets.A.secret: got "arn:aws:x"; allowed: ${secret}`,
    ],
    [
      { businessMetrics: [{ ...metric, atLeast: 90 }] },
      "businessMetrics[0].atLeast: got 90; allowed: a ratio above 0, up to 1",
    ],
    [{ businessMetrics: [{ ...metric, query: "1" }] }, `businessMetrics[0].query: got "1"; allowed: ${query}`],
    [
      { businessMetrics: [{ ...metric, query: "{{canary}} / {{stabel}}" }] },
      `businessMetrics[0].query: got "{{canary}} / {{stabel}}"; allowed: ${query}`,
    ],
    [
      { migration: ["/app"], env: { MIGRATION_LOCK_KEY: "1" } },
      'env.MIGRATION_LOCK_KEY: got "MIGRATION_LOCK_KEY"; allowed: another name: migration sets this one',
    ],
    [{ env: { MIGRATION_LOCK_KEY: "1" } }, undefined],
    [{ env: { A: "\ud800" } }, String.raw`env.A: got "\ud800"; allowed: whole characters: one of these is cut in half`],
    [{ env: { A: "😀" } }, undefined],
    [{ env: new Date(0) }, 'env: got "1970-01-01T00:00:00.000Z"; allowed: an object in braces, by name'],
    // A list with a hole in it.
    [{ journeys: new Array<string>(1) }, "journeys[0]: got nothing; allowed: a text in quotes that is not empty"],
    [
      { state: { scratch: "/./tmp", size: "1Gi" } },
      `state.scratch: got "/./tmp"; allowed: the absolute path of a folder that is neither the system's nor Kubernetes'`,
    ],
  ])("%j", (change, expected) => {
    expect(refused(change)).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe("contradictions", () => {
  const gateless = "canary or blueGreen, because a rolling update has no gates and no smoke test for";
  test.each<[object, string | undefined]>([
    [{ strategy: "rolling", journeys: ["/x"] }, `strategy: got "rolling"; allowed: ${gateless} journeys`],
    [
      { strategy: "rolling", journeys: ["/x"], objectives: "strict" },
      `strategy: got "rolling"; allowed: ${gateless} journeys and objectives`,
    ],
    [{ strategy: "rolling", journeys: [], objectives: "standard", usualErrorRatio: 0.5 }, undefined],
    [{ usualErrorRatio: 0.005 }, undefined],
    [
      { usualErrorRatio: 0.006 },
      "usualErrorRatio: got 0.006; allowed: up to 0.005, above which the gate on 5xx sends a version back",
    ],
    [
      { usualErrorRatio: 0.002, objectives: "strict" },
      "usualErrorRatio: got 0.002; allowed: up to 0.001, above which the gate on 5xx sends a version back",
    ],
  ])("%j", (change, expected) => {
    expect(refused(change)).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe("the chances of a gate with many requests", () => {
  test("are there at once, for the most that a spec may expect", () => {
    const spec = { ...smallest, expectedRps: 1_000_000, usualErrorRatio: 0.001 };
    const started = performance.now();
    const rows = detections(spec);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(rows.map(({ falseAlarm, seen }) => [falseAlarm < 1e-9, seen > 0.999])).toEqual(rows.map(() => [true, true]));
  });

  test("are those of as many requests as are counted: no alarm is more likely with more, and no bug less", () => {
    const gate = { rate: 1000, bound: 0.005, minimum: 500, measurements: [100, 200] };
    const counted = { ...gate, rate: 1000, measurements: [100, 200] };
    const [many, few] = [failedByMeasurement({ ...gate, rate: 4000 }, 0.004), failedByMeasurement(counted, 0.004)];
    many.forEach((chance, look) => expect(chance).toBeCloseTo(few[look] ?? NaN, 9));
    expect(failedByMeasurement({ ...gate, rate: 4000 }, 0.1).at(-1)).toBeCloseTo(1, 9);
  });
});
