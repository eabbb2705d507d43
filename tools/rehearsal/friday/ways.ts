/** The same version delivered in four ways, each from the same beginning. */
import { setTimeout as pause } from "node:timers/promises";
import { analysisLimits } from "../../../components/core/limits/analysis";
import { inSeconds } from "../../../components/core/units";
import { isReady } from "../processes/sample";
import type { Rehearsal } from "../rehearsal";
import type { Bug } from "./bugs";
import { closedGate, failedGate, GateLog } from "./gates";
import { residentMegabytes } from "./memory";
import { preview } from "./preview";
import { type Met, Users } from "./users";
import { warmUp } from "./warm-up";

/** How one way went. */
export interface Way extends Met {
  readonly name: string;
  /** What ended it, or let it through. */
  readonly verdict: string;
  /** Seconds from the first user on the new version to the gate's failure, and to all traffic being back. */
  readonly seen?: number;
  readonly back?: number;
  /** Memory of the new version's instances at the end, in MB. */
  readonly memory?: readonly number[];
}

/** A way of delivery. */
export interface Delivery {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly gated: boolean;
}

interface Step {
  readonly target: string;
  readonly milliseconds: number;
}

const LOOK_MS = 250;
/** Traffic that goes on after the end: going back has its own errors. */
const AFTER_MS = 8_000;
const SECOND_MS = 1_000;
/** Before the first step: the past of the serving version. */
const BEFORE_MS = 2_000;
/** A rolling update has no gate; somebody looks at a dashboard and goes back after so long. */
const PERSON_MS = 30_000;

/** Canary steps of a laptop: seconds where the cluster takes minutes; the first is longer, or five in a hundred are too few. */
export const canary: Delivery = {
  name: "canary, 5 % first",
  steps: [
    { target: "5", milliseconds: 8_000 },
    ...["25", "50", "green"].map((target) => ({ target, milliseconds: 5_000 })),
  ],
  gated: true,
};

/** Everybody at once. */
export const blueGreen: Delivery = {
  name: "blue/green",
  steps: [{ target: "green", milliseconds: 10_000 }],
  gated: true,
};

/** Pod by pod, as far as nginx's shares go. */
export const rolling: Delivery = {
  name: "rolling, no gates",
  steps: [
    { target: "25", milliseconds: 10_000 },
    { target: "50", milliseconds: 10_000 },
    { target: "green", milliseconds: PERSON_MS },
  ],
  gated: false,
};

const NOT_READY = "refused: not ready";
const PERSON = "a person";
const CONTENT = "100 %, every gate content";

interface Ended {
  readonly verdict: string;
  /** Whether traffic goes back; what went to 100 % stays there. */
  readonly seen?: number;
  /** Whether no user has been at the new version. */
  readonly untouched?: true;
}

/** One step, until a gate fails, a person goes back, or its time is over. */
async function stepped(log: GateLog, gated: boolean, target: string, end: number): Promise<string | undefined> {
  while (performance.now() < end) {
    await pause(LOOK_MS);
    const gate = gated ? failedGate(log.read(), target === "green") : undefined;
    if (gate !== undefined) return gate;
  }
  return gated ? closedGate(log.read()) : undefined;
}

async function through(rehearsal: Rehearsal, { steps, gated }: Delivery, staysMs: number): Promise<Ended> {
  const begun = performance.now();
  const since = (): number => (performance.now() - begun) / SECOND_MS;
  const log = new GateLog(rehearsal.nginx.log);
  await pause(BEFORE_MS);
  for (const [index, { target, milliseconds }] of steps.entries()) {
    log.nextStep();
    const { code } = await rehearsal.switch(target);
    if (code !== 0 && index === 0) return { verdict: NOT_READY, seen: since(), untouched: true };
    // A rolling update waits where it is for pods that are not ready; a gated one goes back.
    if (code !== 0 && gated) return { verdict: NOT_READY, seen: since() };
    const last = gated ? Number.POSITIVE_INFINITY : begun + BEFORE_MS + PERSON_MS;
    const gate = await stepped(log, gated, target, Math.min(performance.now() + milliseconds, last));
    if (gate !== undefined) return { verdict: gate, seen: since() };
  }
  if (!gated) return { verdict: PERSON, seen: since() };
  if (staysMs === 0) return { verdict: CONTENT };
  await pause(staysMs);
  return { verdict: `${CONTENT}; then ${PERSON}`, seen: since() };
}

async function goBack(rehearsal: Rehearsal): Promise<void> {
  const { code, said } = await rehearsal.switch("blue");
  if (code !== 0) throw new Error(said);
}

/** Starts the new version anew: what it remembers of another way is gone. */
async function deployed(rehearsal: Rehearsal, version: string, { variables, neverReady }: Bug): Promise<void> {
  await rehearsal.retire("green");
  // What hangs is not waited for.
  const all = { DRAIN_END_MS: "2000", ...variables };
  await rehearsal.deploy("green", version, all, neverReady !== true);
  rehearsal.restartEnded("green", version, all);
}

const blueUrl = (rehearsal: Rehearsal): string => rehearsal.instances.blue[0]?.url ?? "";

/** Delivers a version. A gated way goes back by itself, or stays; one without gates goes back when a person does. */
export async function deliver(rehearsal: Rehearsal, version: string, bug: Bug, delivery: Delivery): Promise<Way> {
  const { name } = delivery;
  process.stderr.write(`${name}...\n`);
  const users = new Users(rehearsal);
  await goBack(rehearsal);
  await deployed(rehearsal, version, bug);
  await users.loginAll(blueUrl(rehearsal));
  await warmUp(rehearsal.nginx.url, await users.session(blueUrl(rehearsal)));
  users.start();
  const begun = performance.now();
  const { verdict, seen, untouched } = await through(rehearsal, delivery, bug.staysMs ?? 0);
  const memory = await residentMegabytes(rehearsal.instances.green.map(({ url }) => url));
  if (seen === undefined) return { name, verdict, memory, ...(await users.stop(Date.now())) };
  await goBack(rehearsal);
  const [back, at] = [(performance.now() - begun) / SECOND_MS, Date.now()];
  if (untouched !== true) await pause(AFTER_MS);
  const before = BEFORE_MS / SECOND_MS;
  return { name, verdict, seen: seen - before, back: back - before, memory, ...(await users.stop(at)) };
}

async function smoke(rehearsal: Rehearsal, cookie: string): Promise<string> {
  const patience = inSeconds(analysisLimits.smokeRequestTimeout) * SECOND_MS;
  try {
    const answer = await preview(rehearsal.nginx.url, cookie, patience);
    return answer.ok ? "passed the smoke test" : `refused by the smoke test: ${answer.status}`;
  } catch {
    return `refused by the smoke test: no answer in ${patience / SECOND_MS} s`;
  }
}

/** A smoke test with a session that the old version issued: nobody gets a version that fails it. */
export async function smoked(rehearsal: Rehearsal, version: string, bug: Bug): Promise<Way> {
  await deployed(rehearsal, version, bug);
  const ready = await Promise.all(rehearsal.instances.green.map(isReady));
  const cookie = await new Users(rehearsal).session(blueUrl(rehearsal));
  const verdict = ready.every((one) => one) ? await smoke(rehearsal, cookie) : NOT_READY;
  return { name: "smoke with an old session", verdict, requests: {}, errors: 0, after: 0, users: 0, slow: 0 };
}
