/** `make friday`: a bug goes out on a Friday, in each way of delivery, on this machine; MEASURED. BUG= names another one, --list lists them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dayOf } from "@fridayproof/components/core";
import { command } from "../../command";
import { bugList, bugOf, type Chosen } from "./bugs";
import { fridayPicture } from "./picture";
import { friday } from "./story";
import type { Way } from "./ways";
import { table } from "../table";
import { withTestbed } from "../command";

const seconds = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(1));

function line({ name, requests, errors, after, users, slow, seen, back, verdict }: Way): readonly string[] {
  const shares = Object.entries(requests).map(([version, count]) => `${version}: ${count}`);
  const counts = [errors, after, users, slow].map(String);
  return [name, shares.sort().join(", "), ...counts, seconds(seen), seconds(back), verdict];
}

/** The last instances' memory of each way: a leak is in no number that a gate reads. */
function memoryLine(ways: readonly Way[]): string {
  const parts = ways.flatMap(({ name, memory }) =>
    memory === undefined || memory.length === 0 ? [] : [`${name}: ${Math.max(...memory)} MB`],
  );
  return `Memory of the new version at each end, read by no gate: ${parts.join("; ")}`;
}

function show(bug: Chosen, ways: readonly Way[]): void {
  const measured = `MEASURED ${dayOf(new Date())} on ${availableParallelism()} cores, loopback: 400 users, 100 requests a second.`;
  const head = ["way", "requests per version", "errors", "after undo", "users", "slow", "seen s", "back s", "ended by"];
  const lines = [
    `The bug "${bug.name}": ${bug.what}.`,
    measured,
    "",
    ...table(head, ways.map(line)),
    memoryLine(ways),
    "Slow: good answers after more than half a second. Real: the sample, its sessions, nginx's split by visitor, and the gates' conditions. Not here: Prometheus' windows, Argo Rollouts' steps of minutes, a cluster.",
    "",
  ];
  process.stdout.write(lines.join("\n"));
  mkdirSync("reports", { recursive: true });
  writeFileSync("reports/friday.svg", fridayPicture(bug, ways, measured));
  writeFileSync("reports/friday.json", `${JSON.stringify({ bug, ways }, undefined, 2)}\n`);
  process.stdout.write("The picture: reports/friday.svg\n");
}

void command("friday", async () => {
  if (process.argv.includes("--list")) return void process.stdout.write(`${bugList().join("\n")}\n`);
  // Before anything is started: a name that is wrong costs nobody a minute.
  const bug = bugOf(process.env["BUG"] ?? "");
  await withTestbed("friday", async (testbed) => show(bug, await friday(testbed, bug)));
});
