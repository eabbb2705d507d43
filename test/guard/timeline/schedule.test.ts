/** When tasks begin and end, which of them decide the whole, and what draws of their times give. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawsOf, triangular } from "../../../guard/timeline/draws";
import { durationOf } from "../../../guard/timeline/durations";
import { networkOf, scheduleOf } from "../../../guard/timeline/schedule";
import type { Task } from "../../../guard/timeline/tasks";
import { CLUSTER, NODES, RELEASE, row, timeline, urnOf, VPC } from "./support";

const plain = durationOf("shop:any", false, {});

/** Tasks named by their number, each waiting for some of those before it. */
const graphs = fc
  .array(fc.record({ seconds: fc.integer({ min: 0, max: 50 }), needs: fc.array(fc.nat(20), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 20,
  })
  .map((rows) =>
    rows.map(({ seconds, needs }, index): Task => ({
      id: `${index}`,
      name: `${index}`,
      type: "any",
      duration: { ...plain, low: seconds, typical: seconds, high: seconds },
      needs: index === 0 ? [] : [...new Set(needs.map((need) => `${need % index}`))],
      layer: index % 2 === 0 ? "network" : "cluster",
    })),
  );

const secondsOf = (tasks: readonly Task[]): Float64Array =>
  Float64Array.from(tasks, ({ duration }) => duration.typical);

/** The longest way to the end of a task, by trying every way. */
function longest(tasks: readonly Task[], id: string): number {
  const task = tasks[Number(id)];
  if (task === undefined) return 0;
  return task.duration.typical + Math.max(0, ...task.needs.map((need) => longest(tasks, need)));
}

describe("a schedule", () => {
  it("ends each task as late as its longest way", () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const { rows } = scheduleOf(networkOf(tasks), secondsOf(tasks));
        expect(rows.map(({ end }) => end)).toEqual(tasks.map(({ id }) => longest(tasks, id)));
      }),
    );
  });

  it("has slack for exactly as much as a task may take longer", () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (tasks, at) => {
        const network = networkOf(tasks);
        const seconds = secondsOf(tasks);
        const { rows } = scheduleOf(network, seconds);
        const whole = Math.max(...rows.map(({ end }) => end));
        const place = at % tasks.length;
        const longer = (more: number): number => {
          const other = seconds.slice();
          other[place] = (other[place] ?? 0) + more;
          return Math.max(...scheduleOf(network, other).rows.map(({ end }) => end));
        };
        const slack = rows[place]?.slack ?? 0;
        expect([longer(slack), longer(slack + 1)]).toEqual([whole, whole + 1]);
      }),
    );
  });

  it("has a path without gaps from the beginning to the end", () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const { rows, path } = scheduleOf(networkOf(tasks), secondsOf(tasks));
        const own = path.map((place) => rows[place]);
        expect(own[0]?.start).toBe(0);
        expect(own.slice(1).map((each) => each?.start)).toEqual(own.slice(0, -1).map((each) => each?.end));
        expect(own.at(-1)?.end).toBe(Math.max(...rows.map(({ end }) => end)));
      }),
    );
  });
});

describe("draws", () => {
  it("of times without spread are the schedule, and the layers in a row their sum", () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const network = networkOf(tasks);
        const whole = Math.max(...scheduleOf(network, secondsOf(tasks)).rows.map(({ end }) => end));
        const { whole: drawn, layered } = drawsOf(network, { draws: 3, seed: 1 });
        expect(drawn).toEqual({ p50: whole, p90: whole, p95: whole });
        expect(layered.p50).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 30 },
    );
  });

  it("stay within the triangle, and half of them below its median", () => {
    expect([0, 1].map((share) => triangular(share, 10, 30, 60))).toEqual([10, 60]);
    expect(triangular(20 / 50, 10, 30, 60)).toBeCloseTo(30);
    expect(triangular(0.7, 5, 5, 5)).toBe(5);
  });

  it("are the same for a seed, and others for another", () => {
    const rows = [row(VPC, "vpc"), row(CLUSTER, "cluster", [urnOf(VPC, "vpc")])];
    expect(timeline(...rows)).toEqual(timeline(...rows));
    const network = networkOf([]);
    expect(drawsOf(network, { draws: 0, seed: 1 }).whole).toEqual({ p50: 0, p90: 0, p95: 0 });
  });
});

it("a timeline adds up what waits, and says what the layers would take", () => {
  const [vpc, cluster] = [urnOf(VPC, "vpc"), urnOf(CLUSTER, "cluster")];
  const nodes = urnOf(NODES, "nodes");
  const { makespan, criticalPath, layered, drawn, saved } = timeline(
    row(RELEASE, "argo", [nodes], { chart: "argo-cd" }),
    row(NODES, "nodes", [cluster]),
    row("aws:lb/loadBalancer:LoadBalancer", "alb", [vpc]),
    row(CLUSTER, "cluster", [vpc]),
    row(VPC, "vpc"),
  );
  expect(makespan).toBe(12 + 606 + 130 + 75);
  expect(criticalPath.map(({ name, start }) => [name, start])).toEqual([
    ["vpc", 0],
    ["cluster", 12],
    ["nodes", 618],
    ["argo", 748],
  ]);
  // In a row, the network ends with its load balancer.
  expect(layered.p50).toBeGreaterThan(drawn.p50 + 100);
  expect(saved).toBeCloseTo(1 - drawn.p50 / layered.p50);
});
