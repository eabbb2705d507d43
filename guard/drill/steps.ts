/** The steps of a drill as data: what each does, on which line it counts, and how long it may take. */
import { drillLimits } from "../limits/drill";
import { durationOf, type Duration, phaseDuration } from "../timeline/durations";
import type { Scenario } from "./scenarios";
import { isCreatedOnTheDay, type Store, whyNotPromoted } from "./stores";

/** What a time of a failover is spent with; `return` is an exercise of its own and counts for nobody's wait. */
export type Line = "prepare" | "detect" | "decide" | "act" | "return" | "clean";

/** In which state a leg is. */
export interface Legs {
  readonly primary: "serves" | "fenced";
  readonly replica: "standby" | "scaled" | "open";
}

/** What a step does. */
export type Action =
  /** Time passes, or a person acts: no command runs. */
  | { readonly does: "wait" }
  | { readonly does: "preflight" }
  /** Brings a stack up with the legs in a state. */
  | {
      readonly does: "up";
      readonly leg: "primary" | "replica";
      readonly legs: Legs;
      /** Whether the outage goes on meanwhile. */
      readonly during: boolean;
      /** Whether it cannot work, because what it changes is lost. */
      readonly refused?: boolean;
      /** Configuration of the stack, as key=value, from this step on. */
      readonly config?: readonly string[];
    }
  /** Previews the replica during the outage. */
  | { readonly does: "preview" }
  /** Checks the health of the replica by its objects in the account; no request is made. */
  | { readonly does: "health"; readonly health: 200 | 503 }
  | { readonly does: "parity"; readonly legs: Legs; readonly verdict: "STANDBY" | "IDENTICAL" }
  | { readonly does: "compare-state" }
  | { readonly does: "destroy" }
  | { readonly does: "check-leaks" }
  | { readonly does: "skip"; readonly why: string };

/** One step. */
export interface DrillStep {
  readonly id: string;
  readonly line: Line;
  readonly title: string;
  readonly action: Action;
  /** What its time consists of, one after the other. */
  readonly times: readonly Duration[];
  /** Seconds within which it must be done; absent where nobody waits for it. */
  readonly budget?: number;
}

const STANDBY: Legs = { primary: "serves", replica: "standby" };

/** A time that nobody draws: it is chosen. */
const chosen = (row: string, seconds: number): Duration => ({
  ...{ row, low: seconds, typical: seconds, high: seconds },
  ...{ source: "guard/limits/drill.ts", isEstimate: false, isDefault: false },
});

const idle = (id: string, line: Line, title: string, why: string): DrillStep => ({
  ...{ id, line, title, times: [] },
  action: { does: "skip", why },
});

function up(id: string, line: Line, title: string, leg: "primary" | "replica", legs: Legs, during = false): DrillStep {
  return { id, line, title, action: { does: "up", leg, legs, during }, times: [] };
}

const preflight: DrillStep = {
  ...{ id: "preflight", line: "prepare", title: "what the failover needs is there", times: [] },
  action: { does: "preflight" },
};

const detect: DrillStep = {
  ...{
    id: "detect",
    line: "detect",
    title: "the health check of the primary fails, and pages",
    action: { does: "wait" },
  },
  times: [phaseDuration("health-check-flips")],
  budget: drillLimits.detect.value,
};

const decide = (seconds: number, title: string): DrillStep => ({
  ...{ id: "decide", line: "decide", title, action: { does: "wait" } },
  times: [chosen("decide", seconds)],
  budget: drillLimits.decide.value,
});

/** A database that is made from a copy is made empty here: no simulated account has copies. A restore's time is unknown. */
function bringData(stores: readonly Store[], legs: Legs): DrillStep {
  if (!stores.some(isCreatedOnTheDay)) return idle("data", "act", "data is promoted", whyNotPromoted(stores));
  return {
    ...{ id: "data", line: "act", title: "the database is made, empty in place of a copy", times: [] },
    action: { does: "up", leg: "replica", legs, during: true, config: ["fridayproof:databaseSnapshot=empty"] },
  };
}

/** Stop, scale, fence, promote, read, try, compare. */
function makeReady(stores: readonly Store[]): readonly DrillStep[] {
  const scaled: Legs = { primary: "serves", replica: "scaled" };
  const fenced: Legs = { primary: "fenced", replica: "scaled" };
  return [
    idle("stop", "act", "deployments stop", "a freeze is a commit that people review (stacks/environments/freeze.ts)"),
    {
      ...up("scale", "act", "the replica gets the primary's nodes and applications", "replica", scaled, true),
      times: ["node-group-scale-out", "pods-ready", "sync-of-changes"].map(phaseDuration),
      budget: drillLimits.scale.value,
    },
    {
      ...{ id: "fence", line: "act", title: "fencing the primary is tried, and refused: it is lost", times: [] },
      action: { does: "up", leg: "primary", legs: fenced, during: true, refused: true },
    },
    bringData(stores, scaled),
    idle(
      "secrets",
      "act",
      "secrets are read again, and pods restarted",
      "values are written by people: the simulated account has none",
    ),
    {
      ...{ id: "ready", line: "act", title: "the account has a leg that is ready and set to 503", times: [] },
      action: { does: "health", health: 503 },
    },
    idle("smoke", "act", "requests on the regional name succeed", "the sandbox has no pods and serves no request"),
    {
      ...{ id: "parity", line: "act", title: "the replica is the primary, but for standing by", times: [] },
      action: { does: "parity", legs: scaled, verdict: "STANDBY" },
    },
  ];
}

/** Open, wait, read, compare, watch. */
function openLeg(): readonly DrillStep[] {
  const open: Legs = { primary: "serves", replica: "open" };
  return [
    {
      ...up("open", "act", "the leg opens: its health check returns 200", "replica", open, true),
      times: [durationOf("kubernetes:networking.istio.io/v1:VirtualService", true, {})],
      budget: drillLimits.open.value,
    },
    {
      ...{
        id: "clients",
        line: "act",
        title: "clients reach it: health checks, then resolvers",
        action: { does: "wait" },
      },
      times: ["health-check-flips", "resolver-caches"].map(phaseDuration),
      budget: drillLimits.clients.value,
    },
    {
      ...{ id: "opened", line: "act", title: "the account has a leg that is set to 200", times: [] },
      action: { does: "health", health: 200 },
    },
    {
      ...{ id: "identical", line: "act", title: "the open leg is identical to the primary's last state", times: [] },
      action: { does: "parity", legs: open, verdict: "IDENTICAL" },
    },
    idle("watch", "act", "clients are watched to the end", "the sandbox has no clients"),
  ];
}

/** The region is back: the primary must not take traffic by itself, and goes back on a day that people choose. */
function comeBack(stores: readonly Store[]): readonly DrillStep[] {
  return [
    up("fence-again", "return", "the region is back: the primary is fenced first", "primary", {
      primary: "fenced",
      replica: "open",
    }),
    idle("data-back", "return", "data flows back", whyNotPromoted(stores)),
    up("return", "return", "the primary serves again", "primary", { primary: "serves", replica: "open" }),
    up("close", "return", "the replica stands by again", "replica", STANDBY),
    {
      ...{ id: "parity-back", line: "return", title: "both legs are as before the drill", times: [] },
      action: { does: "parity", legs: STANDBY, verdict: "STANDBY" },
    },
  ];
}

const clean: readonly DrillStep[] = [
  { ...{ id: "teardown", line: "clean", title: "what the drill made goes", times: [] }, action: { does: "destroy" } },
  { ...{ id: "leaks", line: "clean", title: "nothing of it is left", times: [] }, action: { does: "check-leaks" } },
];

/** Nothing is different: states and account, byte by byte. */
const same: DrillStep = {
  ...{ id: "same", line: "act", title: "states and account are as they were, byte by byte", times: [] },
  action: { does: "compare-state" },
};

/** Whoever looks meanwhile gets an answer. */
const looks: DrillStep = {
  ...{ id: "looks", line: "act", title: "the replica can be looked at meanwhile", times: [] },
  action: { does: "preview" },
};

/** Whoever changes the primary meanwhile, as a pipeline does: refused before anything is made. */
const changes: DrillStep = {
  ...{ id: "changes", line: "act", title: "an update of the primary meanwhile is refused", times: [] },
  action: {
    ...{ does: "up", leg: "primary", during: true, refused: true },
    legs: { primary: "fenced", replica: "standby" },
  },
};

/** The steps of a scenario. @param stores what the pair keeps data in. */
export function stepsOf(
  { expects, lasts, decides, cold }: Scenario,
  stores: readonly Store[] = [],
): readonly DrillStep[] {
  const seconds = decides ?? drillLimits.blip.value;
  if (expects === "nothing changed") {
    const isShort = lasts < seconds;
    const why = isShort ? "it is over before anybody may decide" : "the primary serves: there is nothing to decide";
    const nobody = idle("decide", "decide", "nobody fails over", why);
    return [preflight, detect, looks, ...(isShort ? [changes] : []), nobody, same, ...clean];
  }
  const decision = decide(seconds, "the one on call decides");
  if (expects === "failed over")
    return [preflight, detect, decision, ...makeReady(stores), ...openLeg(), ...comeBack(stores), ...clean];
  const scale = up(
    "scale",
    "act",
    "the replica is brought up",
    "replica",
    { primary: "serves", replica: "scaled" },
    true,
  );
  const refused: DrillStep = { ...scale, action: { ...scale.action, refused: true } as Action };
  return [...(cold === true ? [] : [preflight]), detect, decision, refused, same, ...clean];
}
