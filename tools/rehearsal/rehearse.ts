/** `make rehearse`: a release with everything that happens to it, under load, without Docker; MEASURED, and nothing is left behind. */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { dayOf } from "@fridayproof/components/core";
import { Rehearsal } from "./rehearsal";
import { allSteps, type SwitchTimes } from "./steps";
import { table } from "./table";
import { tallies, type Tally } from "./tally";
import type { Testbed } from "./testbed";
import { withTestbed } from "./command";

type Rows = ReturnType<typeof tallies>;

/** From the command to its proof: what the rehearsal promises. Milliseconds. */
const SWITCH_MOST_MS = 100;

const sum = (all: readonly Tally[], part: (tally: Tally) => number): number =>
  all.reduce((total, tally) => total + part(tally), 0);

function medianOf(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

function printed(rows: Rows, times: SwitchTimes): readonly string[] {
  const names = Object.keys(rows[0]?.clients ?? {});
  const cells = rows.map(({ name, planned, clients }) => {
    const all = names.flatMap((client) => clients[client] ?? []);
    const lost = all.map((tally) => `${tally.lost}/${tally.sent}`);
    const latest = Math.max(...all.map((tally) => tally.latest));
    return [planned ? name : `${name} *`, ...lost, String(sum(all, ({ twice }) => twice)), latest.toFixed(0)];
  });
  const list = (all: readonly number[]): string => all.map((ms) => ms.toFixed(0)).join(", ");
  return [
    `MEASURED ${dayOf(new Date())} on ${availableParallelism()} cores, Node ${process.versions.node}, loopback, load average ${(loadavg()[0] ?? 0).toFixed(1)}: lost/sent for each client, as counted by the clients.`,
    "",
    ...table(["step", ...names, "run twice", "latest ms"], cells),
    "",
    "* not planned: it may lose requests, and reports how many",
    ...rows.map(({ name, note }) => `  ${name}: ${note}`),
    `Switch, from the command to its proof: ${list(times.switches)} ms; undo: ${list(times.undos)} ms; median ${medianOf([...times.switches, ...times.undos]).toFixed(0)} ms.`,
    "Not shown here: networks, and a cluster's own part (endpoints, load balancer, pod starts).",
  ];
}

function problemsOf(rows: Rows, { switches, undos }: SwitchTimes): readonly string[] {
  const planned = rows.filter((row) => row.planned);
  const lost = planned.flatMap(({ name, clients }) =>
    Object.entries(clients)
      .filter(([, tally]) => tally.lost > 0 || tally.twice > 0)
      .map(([client, { lost: count, twice }]) => `${name}: ${client} lost ${count}, and ${twice} ran twice`),
  );
  const median = medianOf([...switches, ...undos]);
  const slow = `of all switches the median is ${median.toFixed(0)} ms, and ${SWITCH_MOST_MS} are promised`;
  return median > SWITCH_MOST_MS ? [...lost, slow] : lost;
}

async function rehearse(testbed: Testbed): Promise<readonly string[]> {
  const rehearsal = await Rehearsal.start(testbed);
  rehearsal.load();
  const times = await allSteps(rehearsal);
  const rows = tallies(rehearsal.steps, await rehearsal.finish());
  const lines = printed(rows, times);
  process.stdout.write(`${lines.join("\n")}\n`);
  mkdirSync("reports", { recursive: true });
  writeFileSync("reports/rehearsal.json", `${JSON.stringify({ times, steps: rows }, undefined, 2)}\n`);
  return problemsOf(rows, times);
}

void withTestbed("rehearse", async (testbed) => {
  const problems = await rehearse(testbed);
  for (const problem of problems) process.stderr.write(`rehearse: ${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
});
