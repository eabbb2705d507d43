/** What a rehearsal goes through, one step after the other. */
import { execFile } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import WebSocket from "ws";
import { programPath } from "../setup/debian-tools.cjs";
import type { Rehearsal } from "./rehearsal";
import { isLost } from "./tally";

const run = promisify(execFile);
const LONG_MS = 2_000;
const SOCKETS = 10;
const GOING_AWAY = 1001;
const RELOADS = 20;
const RELOAD_EVERY_MS = 250;
/** nginx leaves an instance that refused a connection alone for a second. */
const AFTER_FAILURE_MS = 1_200;

/** Times of the switches and of the undos, in milliseconds from the command to its proof. */
export interface SwitchTimes {
  readonly switches: number[];
  readonly undos: number[];
}

/** Requests that reached the other colour after the command's end. */
function atOther(rehearsal: Rehearsal, colour: string, since: number): number {
  const outcomes = rehearsal.clients.flatMap((client) => client.outcomes);
  return outcomes.filter(({ planned, headers }) => planned > since && headers["x-colour"] !== colour).length;
}

async function switched(rehearsal: Rehearsal, target: "blue" | "green", times: number[]): Promise<string> {
  const { code, said, milliseconds, at } = await rehearsal.switch(target);
  if (code !== 0) throw new Error(`switch to ${target}: ${said}`);
  times.push(milliseconds);
  await pause(AFTER_FAILURE_MS);
  return `${milliseconds.toFixed(0)} ms to the proof; ${atOther(rehearsal, target, at)} requests elsewhere after it`;
}

async function badDeploy(rehearsal: Rehearsal): Promise<string> {
  await rehearsal.deploy("green", "2-bad", { DISK_FOLDER: "/nowhere" }, false);
  const { code, said } = await rehearsal.switch("green");
  if (code === 0) throw new Error("a version that is not ready was switched to");
  await rehearsal.retire("green");
  return said.replace("switch.sh: ", "");
}

/** Requests that run while traffic goes away and comes back. */
async function longRequests(rehearsal: Rehearsal, times: SwitchTimes): Promise<string> {
  const path = (): string => `/slow?ms=${LONG_MS}`;
  const shared = { url: rehearsal.nginx.url, path, perSecond: 20, keepAlive: true, retry: false };
  const clients = (["GET", "POST"] as const).map((method) =>
    rehearsal.testbed.client({ ...shared, name: method, method }),
  );
  for (const client of clients) client.start();
  await pause(LONG_MS / 2);
  await switched(rehearsal, "blue", times.undos);
  await switched(rehearsal, "green", times.switches);
  const outcomes = (await Promise.all(clients.map((client) => client.stop()))).flat();
  const lost = outcomes.filter(isLost).length;
  if (lost > 0) throw new Error(`${lost} of ${outcomes.length} long requests were lost in a switch`);
  return `${outcomes.length} requests of ${LONG_MS / 1_000} s across an undo and a switch, ${lost} lost`;
}

/** Open connections at the instance that goes. */
async function webSockets(rehearsal: Rehearsal): Promise<string> {
  const url = `${rehearsal.nginx.url.replace("http", "ws")}/ws`;
  const sockets = Array.from({ length: SOCKETS }, () => new WebSocket(url));
  const codes: number[] = [];
  for (const socket of sockets) socket.on("close", (code) => codes.push(code));
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("message", resolve))));
  const begun = performance.now();
  await replace(rehearsal, 0);
  const ended = codes.length;
  const graceful = codes.filter((code) => code === GOING_AWAY).length;
  const milliseconds = performance.now() - begun;
  for (const socket of sockets) socket.terminate();
  if (graceful !== ended || ended === 0) throw new Error(`WebSockets ended with the codes ${codes.join(", ")}`);
  return `${graceful} of ${SOCKETS} were at the instance, all closed with 1001; it was back after ${milliseconds.toFixed(0)} ms`;
}

/** SIGTERM to a live instance of green, and a new one at its place. */
async function replace(rehearsal: Rehearsal, index: number): Promise<string> {
  const begun = performance.now();
  const instance = rehearsal.instances.green[index];
  if (instance === undefined) throw new Error("green has no such instance");
  const code = await instance.program.end(20_000);
  const milliseconds = performance.now() - begun;
  await rehearsal.restart("green", index, "2");
  await pause(AFTER_FAILURE_MS);
  if (code !== 0) throw new Error(`the instance ended with ${code}`);
  return `exit ${code} after ${milliseconds.toFixed(0)} ms`;
}

async function kill(rehearsal: Rehearsal): Promise<string> {
  const instance = rehearsal.instances.green[1];
  if (instance === undefined) throw new Error("green has no second instance");
  const begun = Date.now();
  instance.program.send("SIGKILL");
  await instance.program.ended;
  const at = Date.now();
  await pause(AFTER_FAILURE_MS);
  const outcomes = rehearsal.clients.flatMap((client) => client.outcomes);
  const lost = outcomes.filter((outcome) => isLost(outcome) && outcome.planned + outcome.milliseconds >= begun);
  const later = lost.filter(({ planned }) => planned > at).length;
  await rehearsal.restart("green", 1, "2");
  await pause(AFTER_FAILURE_MS);
  return `${lost.length} lost: ${lost.length - later} sent before the process was gone, ${later} after it`;
}

async function storm(rehearsal: Rehearsal): Promise<string> {
  const { folder } = rehearsal.nginx;
  for (let reload = 0; reload < RELOADS; reload++) {
    await run(programPath("nginx"), ["-p", `${folder}/`, "-c", "nginx.conf", "-e", "logs/error.log", "-s", "reload"]);
    await pause(RELOAD_EVERY_MS);
  }
  return `${RELOADS} reloads; nginx closes idle connections while clients write: why switch.sh needs none`;
}

/** All steps. @returns the times of the switches. */
export async function allSteps(rehearsal: Rehearsal): Promise<SwitchTimes> {
  const times: SwitchTimes = { switches: [], undos: [] };
  await rehearsal.step("bad deploy, refused", true, () => badDeploy(rehearsal));
  await rehearsal.step("deploy green", true, async () => {
    await rehearsal.deploy("green", "2");
    return "two instances ready";
  });
  await rehearsal.step("switch to green", true, () => switched(rehearsal, "green", times.switches));
  await rehearsal.step("undo, to blue", true, () => switched(rehearsal, "blue", times.undos));
  await rehearsal.step("switch again", true, () => switched(rehearsal, "green", times.switches));
  await rehearsal.step("long requests", true, () => longRequests(rehearsal, times));
  await rehearsal.step("SIGTERM, old colour", true, async () => {
    await rehearsal.retire("blue");
    return "both instances of blue ended";
  });
  await rehearsal.step("SIGTERM, live one", true, () => replace(rehearsal, 1));
  await rehearsal.step("WebSockets, SIGTERM", true, () => webSockets(rehearsal));
  await rehearsal.step("SIGKILL, live one", false, () => kill(rehearsal));
  await rehearsal.step("storm of reloads", false, () => storm(rehearsal));
  return times;
}
