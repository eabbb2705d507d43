/** The picture of a timetable: each step where it begins and ends, in one scale, with what stands beside it. */
import { type AppSpec, timetable } from "@fridayproof/components/plan";
import { expect, it } from "vitest";
import { timetablePicture } from "../../cli/release/picture";

const spec: AppSpec = {
  name: "shop",
  image: `registry.example.com/shop@sha256:${"a".repeat(64)}`,
  port: 8080,
  readinessPath: "/ready",
  livenessPath: "/live",
  expectedRps: 500,
};

const barsOf = (svg: string): readonly { readonly x: number; readonly width: number }[] =>
  [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(([, x, width]) => ({
    x: Number(x),
    width: Number(width),
  }));

it("has a bar for each step; each begins where the one before ends, and all of it is the soonest end", () => {
  const plan = timetable(spec);
  const bars = barsOf(timetablePicture("shop", plan));
  expect(bars).toHaveLength(plan.rows.length);
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) throw new Error("no bars");
  const whole = last.x + last.width - first.x;
  const end = plan.rows.at(-1)?.ends.soonest ?? 0;
  for (const [index, { x }] of bars.entries()) {
    const begins = plan.rows[index - 1]?.ends.soonest ?? 0;
    expect((x - first.x) / whole).toBeCloseTo(begins / end, 2);
  }
});

it("says each step with its share, its latest end, and what it is made from", () => {
  const svg = timetablePicture("shop", timetable(spec));
  expect(svg).toContain(">Release of shop, 27:41 at the soonest</text>");
  expect(svg).toContain(">25 %: gates</text>");
  expect(svg).toContain(">81:30</text>");
  expect(svg).toContain("<title>error-ratio, server-error-ratio, latency-p95, rejection-ratio</title>");
  expect(svg).toContain(
    "First users by 15:00 at the latest; the old pods stay for 9:00 after the last step. SIMULATED",
  );
});

it("of an undo says what it is: all pods first, then all traffic", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const svg = timetablePicture("shop", timetable({ ...spec, undo: { of: `sha256:${"b".repeat(64)}`, to: digest } }));
  expect(svg).toContain(">Undo of shop, 0:00 at the soonest</text>");
  expect(svg).toContain(">75 % of the pods that return are available, at once where they still stand</text>");
  expect(svg).toContain(">100 %: all traffic goes to them, without a gate</text>");
  expect(svg).toContain(
    "First users by 13:03 at the latest; the pods of the version that is taken back stay for 9:00 after the last step. SIMULATED",
  );
});

it("of a rolling update says nothing of pods that stay", () => {
  const svg = timetablePicture("shop", timetable({ ...spec, strategy: "rolling" }));
  expect(svg).toContain(">First users by 13:00 at the latest. SIMULATED: arithmetic over the limits.</text>");
});

it("has room for the words of every row before the bars", () => {
  const migration = ["/migrate"];
  const undo = { of: `sha256:${"b".repeat(64)}`, to: `sha256:${"a".repeat(64)}` };
  const specs: readonly AppSpec[] = [
    { ...spec, strategy: "rolling", migration },
    { ...spec, strategy: "canary-5-10-25-50-100", migration },
    { ...spec, undo },
  ];
  const pictures = specs.map((each) => timetablePicture("shop", timetable(each)));
  const words = pictures.flatMap((svg) => [...svg.matchAll(/<text x="12" y="\d+" fill="#1f2328">([^<]*)</g)]);
  const LETTER = 6.6;
  expect(words.filter(([, label = ""]) => 12 + label.length * LETTER > (barsOf(pictures[0] ?? "")[0]?.x ?? 0))).toEqual(
    [],
  );
  expect(words.length).toBeGreaterThan(20);
});

it("is XML whatever stands in a row", () => {
  const row = { what: 'a < b & "c"', weight: 5, pods: { new: 1, old: 1 }, ends: { soonest: 1, latest: 2 }, gates: [] };
  const svg = timetablePicture("shop", { rows: [row], liveBy: 1, wayBack: 1 });
  expect(svg).toContain("5 %: a &lt; b &amp; &quot;c&quot;");
});
