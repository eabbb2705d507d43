/** `make friday`: a session bug goes out on a Friday, in each way of delivery, on this machine; MEASURED. */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dayOf } from "@fridayproof/components/core";
import { fridayPicture } from "./picture";
import { blueGreen, canary, deliver, rolling, smoked, type Way } from "./ways";
import { Rehearsal } from "../rehearsal";
import { table } from "../table";
import type { Testbed } from "../testbed";
import { withTestbed } from "../command";

/** The specification's incident: tokens of a new format, and those of the old one refused. BUG=FAULT_ERRORS=0.1 is another one. */
function bug(): Readonly<Record<string, string>> {
  const given = process.env["BUG"];
  if (given === undefined || given === "") return { SESSION_READS: "2", SESSION_WRITES: "2" };
  return Object.fromEntries(given.split(",").map((pair) => pair.split("="))) as Record<string, string>;
}

const seconds = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(1));

function line({ name, requests, errors, after, users, seen, back, verdict }: Way): readonly string[] {
  const shares = Object.entries(requests).map(([version, count]) => `${version}: ${count}`);
  const counts = [errors, after, users].map(String);
  return [name, shares.sort().join(", "), ...counts, seconds(seen), seconds(back), verdict];
}

async function friday(testbed: Testbed): Promise<readonly Way[]> {
  const rehearsal = await Rehearsal.start(testbed, { SESSION_READS: "1", SESSION_WRITES: "1" });
  await rehearsal.deploy("green", "2-bad", bug());
  const ways = [
    await smoked(rehearsal),
    await deliver(rehearsal, "canary, 5 % first", canary, true),
    await deliver(rehearsal, "blue/green", blueGreen, true),
    await deliver(rehearsal, "rolling, no gates", rolling, false),
  ];
  await rehearsal.switch("blue");
  await rehearsal.retire("green");
  // Reads both formats and writes the old one: the first of two steps.
  await rehearsal.deploy("green", "3-good", { SESSION_READS: "1,2", SESSION_WRITES: "1" });
  return [...ways, await deliver(rehearsal, "canary of a good version", canary, true)];
}

function show(ways: readonly Way[]): void {
  const measured = `MEASURED ${dayOf(new Date())} on ${availableParallelism()} cores, loopback: 400 users, 100 requests a second.`;
  const head = ["way", "requests per version", "errors", "after undo", "users", "seen s", "back s", "ended by"];
  process.stdout.write(`${[measured, "", ...table(head, ways.map(line))].join("\n")}\n`);
  process.stdout.write(
    "Real: the sample, its sessions, nginx's split by visitor, and the gates' conditions. Not here: Prometheus' windows, Argo Rollouts' steps of minutes, a cluster.\n",
  );
  mkdirSync("reports", { recursive: true });
  writeFileSync("reports/friday.svg", fridayPicture(ways, measured));
  writeFileSync("reports/friday.json", `${JSON.stringify(ways, undefined, 2)}\n`);
  process.stdout.write("The picture: reports/friday.svg\n");
}

void withTestbed("friday", async (testbed) => show(await friday(testbed)));
