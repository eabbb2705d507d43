/** The story: a bad version in each way of delivery, and a good one after it. */
import { Rehearsal } from "../rehearsal";
import type { Testbed } from "../testbed";
import type { Bug } from "./bugs";
import { blueGreen, canary, deliver, rolling, smoked, type Way } from "./ways";

/** Reads both formats of sessions and writes the old one: the first of two steps. */
const good: Bug = { what: "a good version", variables: { SESSION_READS: "1,2", SESSION_WRITES: "1" } };

/** A rehearsal whose serving version reads and writes the old format of sessions. */
export const servingOld = (testbed: Testbed): Promise<Rehearsal> =>
  Rehearsal.start(testbed, { SESSION_READS: "1", SESSION_WRITES: "1" });

/** The ways of one bug, in order. */
export async function friday(testbed: Testbed, bug: Bug): Promise<readonly Way[]> {
  const rehearsal = await servingOld(testbed);
  const ways = [await smoked(rehearsal, "2-bad", bug)];
  for (const delivery of [canary, blueGreen, rolling]) ways.push(await deliver(rehearsal, "2-bad", bug, delivery));
  return [...ways, await deliver(rehearsal, "3-good", good, { ...canary, name: "canary of a good version" })];
}
