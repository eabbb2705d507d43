/** `make crash`: kills `up` at seeded moments and goes on each time: no resource lost or made twice, the state always readable. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readObjects } from "@fridayproof/sandbox/account";
import { storedResources } from "@fridayproof/sandbox/stacks";

const root = path.dirname(__dirname);
const KILLS = Number(process.env.KILLS ?? 100);
const SEED = Number(process.env.SEED ?? 1);
const STACK = process.env.STACK ?? "dev";
const POLL_MILLISECONDS = 1;

/** Numbers in [0, 1) that repeat for a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Ended {
  readonly code: number | null;
  readonly seconds: number;
  readonly output: string;
  /** The most bytes its journals held. */
  readonly written: number;
}

/** Bytes in all journals: how far a run has come since its last rewrite of state and account. */
function journalBytes(work: string): number {
  const files = ["account", `stacks/${STACK}`].map((name) => path.join(work, `${name}.journal.jsonl`));
  return files.reduce((sum, file) => sum + (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** Calls once the journals have grown to so many bytes: most of a run is loading, and time would seldom hit its writes. */
function whenJournalsReach(bytes: number, work: string, act: () => void): NodeJS.Timeout {
  return setInterval(() => (journalBytes(work) >= bytes ? act() : undefined), POLL_MILLISECONDS);
}

/** Runs the command line; with `killAt` (bytes of journal) it is killed without a chance to clean up. */
function fridayproof(verb: readonly string[], work: string, killAt?: number): Promise<Ended> {
  const started = performance.now();
  const stack = verb.includes("--stack") ? [] : ["--stack", STACK];
  const args = [path.join(root, "cli", "bin.cjs"), ...verb, ...stack, "--work", work, "--no-policies"];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  let written = 0;
  const watch = setInterval(() => (written = Math.max(written, journalBytes(work))), POLL_MILLISECONDS);
  const timer = killAt === undefined ? undefined : whenJournalsReach(killAt, work, () => child.kill("SIGKILL"));
  return new Promise((resolve) => {
    child.once("exit", (code) => {
      clearInterval(timer);
      clearInterval(watch);
      resolve({ code, seconds: (performance.now() - started) / 1000, output, written });
    });
  });
}

/** What the state manages and what the account holds for it. @throws StateError when the state cannot be read. */
async function contents(work: string): Promise<{ urns: string[]; account: string[] }> {
  const stored = await storedResources(work, STACK);
  return {
    urns: stored.map(({ urn, pendingDelete }) => `${urn}${pendingDelete ? " (to be deleted)" : ""}`).sort(),
    account: readObjects(work)
      .flatMap(({ urn }) => (urn === "" ? [] : [urn]))
      .sort(),
  };
}

function demand(isHeld: boolean, what: string): void {
  if (!isHeld) throw new Error(what);
}

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "crash-"));
  const reference = path.join(folder, "reference");
  // The foundation stands before, so that every kill meets the stack itself.
  const withFoundation = path.join(folder, "founded");
  const first = await fridayproof(["up", "--yes", "--stack", "foundation"], withFoundation);
  demand(first.code === 0, `the foundation failed:\n${first.output}`);
  fs.cpSync(withFoundation, reference, { recursive: true });
  const complete = await fridayproof(["up", "--yes"], reference);
  demand(complete.code === 0, `the undisturbed up failed:\n${complete.output}`);
  const expected = await contents(reference);
  console.log(
    `undisturbed: ${expected.urns.length} resources in ${complete.seconds.toFixed(1)} s; ${KILLS} kills, seed ${SEED}`,
  );
  const random = generator(SEED);
  let [killed, found] = [0, 0];
  const landed: Record<string, number> = {};
  while (killed < KILLS) {
    const work = path.join(folder, `run-${found++}`);
    fs.cpSync(withFoundation, work, { recursive: true });
    // Three kills in a row on one stack before it may finish: a crash on top of a crash is the harder case.
    for (let turn = 0; turn < 3 && killed < KILLS; turn++) {
      const end = await fridayproof(["up", "--yes"], work, random() * complete.written);
      if (end.code !== null) continue;
      killed++;
      const half = await contents(work);
      const share = `${Math.round((half.urns.length / expected.urns.length) * 4) * 25} %`;
      landed[share] = (landed[share] ?? 0) + 1;
    }
    const last = await fridayproof(["up", "--yes"], work);
    demand(last.code === 0, `the up after the kills failed (${work}):\n${last.output}`);
    const after = await contents(work);
    demand(
      JSON.stringify(after.urns) === JSON.stringify(expected.urns),
      `the state differs from an undisturbed one: ${work}`,
    );
    demand(
      JSON.stringify(after.account) === JSON.stringify(expected.account),
      `the account differs from an undisturbed one: ${work}`,
    );
    const again = await fridayproof(["preview", "--expect-no-changes"], work);
    demand(again.code === 0, `a preview after it proposes changes (${work}):\n${again.output}`);
    fs.rmSync(work, { recursive: true });
    process.stdout.write(`\r${killed}/${KILLS} kills survived`);
  }
  const spread = Object.entries(landed).map(([share, count]) => `${count} at ${share}`);
  console.log(`\nall ${KILLS} survived; resources in the state at the kill: ${spread.join(", ")}`);
  fs.rmSync(folder, { recursive: true });
}

main().catch((error: Error) => {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
});
