/**
 * Loaded first by a measured command: at its end it says how much processor time it and its children took. A ratio of wall
 * times on a busy machine is mostly chance; this one is not. Only where the system reports it of children too: on Linux.
 */
"use strict";

const { readdirSync, readFileSync, writeSync } = require("node:fs");

/** What `/proc/<pid>/stat` counts in. Source: proc_pid_stat(5); 100 a second on every Linux that Node is built for. */
const TICK_MILLISECONDS = 10;
/** Places behind the name of the process: utime and stime, and the same of children that were waited for. */
const TIMES = [11, 12, 13, 14];

function ticksOf(process_) {
  const stat = readFileSync(`/proc/${process_}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return TIMES.reduce((sum, place) => sum + Number(fields[place]), 0);
}

/** Children that nobody has waited for yet: a pack that was just killed is one, and its times can still be read. */
function children() {
  return readdirSync("/proc/self/task").flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, "utf8").split(" ").filter(Boolean),
  );
}

process.on("exit", () => {
  try {
    const ticks = ["self", ...children()].reduce((sum, one) => sum + ticksOf(one), 0);
    writeSync(process.stderr.fd, `${JSON.stringify({ processorMs: ticks * TICK_MILLISECONDS })}\n`);
  } catch {
    // Another system: the report says that it compares wall times.
  }
});
