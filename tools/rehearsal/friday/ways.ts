/** The same version delivered in four ways, each from the same beginning. */
import { setTimeout as pause } from "node:timers/promises";
import type { Rehearsal } from "../rehearsal";
import { failedGate, GateLog } from "./gates";
import { type Met, Users } from "./users";

/** How one way went. */
export interface Way extends Met {
  readonly name: string;
  /** What ended it, or let it through. */
  readonly verdict: string;
  /** Seconds from the first user on the new version to the gate's failure, and to all traffic being back. */
  readonly seen?: number;
  readonly back?: number;
}

interface Step {
  readonly target: string;
  readonly milliseconds: number;
}

const LOOK_MS = 250;
/** Traffic that goes on after the end: going back has its own errors. */
const AFTER_MS = 8_000;
const SECOND_MS = 1_000;
const BEFORE_MS = 1_000;
/** A rolling update has no gate; somebody looks at a dashboard and goes back after so long. */
const PERSON_MS = 30_000;

/** Canary steps of a laptop: seconds where the cluster takes minutes. */
export const canary: readonly Step[] = ["5", "25", "50", "green"].map((target) => ({ target, milliseconds: 5_000 }));

/** Everybody at once. */
export const blueGreen: readonly Step[] = [{ target: "green", milliseconds: 10_000 }];

/** Pod by pod, as far as nginx's shares go. */
export const rolling: readonly Step[] = [
  { target: "25", milliseconds: 10_000 },
  { target: "50", milliseconds: 10_000 },
  { target: "green", milliseconds: PERSON_MS },
];

async function goTo(rehearsal: Rehearsal, target: string): Promise<void> {
  const { code, said } = await rehearsal.switch(target);
  if (code !== 0) throw new Error(said);
}

interface Ended {
  readonly gate?: string;
  readonly seen?: number;
}

async function through(rehearsal: Rehearsal, steps: readonly Step[], gated: boolean): Promise<Ended> {
  const begun = performance.now();
  const since = (): number => (performance.now() - begun) / SECOND_MS;
  for (const { target, milliseconds } of steps) {
    const log = new GateLog(rehearsal.nginx.log);
    await goTo(rehearsal, target);
    const end = performance.now() + milliseconds;
    while (performance.now() < end) {
      await pause(LOOK_MS);
      const gate = gated ? failedGate(log.read()) : undefined;
      if (gate !== undefined) return { gate, seen: since() };
      if (!gated && since() * SECOND_MS >= PERSON_MS) return { seen: since() };
    }
  }
  return {};
}

/** Delivers what green runs. A gated way goes back by itself, or stays; one without gates goes back when a person does. */
export async function deliver(
  rehearsal: Rehearsal,
  name: string,
  steps: readonly Step[],
  gated: boolean,
): Promise<Way> {
  process.stderr.write(`${name}...\n`);
  const users = new Users(rehearsal.nginx.url);
  await goTo(rehearsal, "blue");
  await users.loginAll(rehearsal.instances.blue[0]?.url ?? "");
  users.start();
  await pause(BEFORE_MS);
  const begun = performance.now();
  const { gate, seen } = await through(rehearsal, steps, gated);
  if (seen === undefined) return { name, verdict: "100 %, every gate content", ...(await users.stop(Date.now())) };
  await goTo(rehearsal, "blue");
  const [back, at] = [(performance.now() - begun) / SECOND_MS, Date.now()];
  await pause(AFTER_MS);
  return { name, verdict: gate ?? "a person", seen, back, ...(await users.stop(at)) };
}

/** A smoke test with a session that the old version issued: nobody gets a version that fails it. */
export async function smoked(rehearsal: Rehearsal): Promise<Way> {
  const users = new Users(rehearsal.nginx.url);
  const cookie = await users.session(rehearsal.instances.blue[0]?.url ?? "");
  const answer = await fetch(`${rehearsal.nginx.url}/me`, { headers: { cookie, "X-Preview": "green" } });
  await answer.arrayBuffer();
  const verdict = answer.ok ? "passed the smoke test" : `refused by the smoke test: ${answer.status}`;
  return { name: "smoke with an old session", verdict, requests: {}, errors: 0, after: 0, users: 0 };
}
