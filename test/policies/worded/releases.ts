/** Releases: what a rollout measures by, and what becomes of blue and green. */
import { analysisTemplate, rollout } from "../support/fixtures";
import { object } from "../support/spec";
import { analysisWords } from "./analyses";
import { around, both, context, edit, less, more, settings, type Worded } from "./worded";

const canary = "spec.strategy.canary";
const metadata = { name: "shop", namespace: "shop" };
const route = object("networking.istio.io/v1:VirtualService", "shop", {
  metadata,
  spec: {
    hosts: ["shop.example.com"],
    gateways: ["istio-ingress/public"],
    http: [
      {
        name: "primary",
        route: [{ destination: { host: "shop" }, weight: 100 }, { destination: { host: "shop-canary" } }],
      },
    ],
  },
});
const http = (name: string) =>
  object("core/v1:Service", name, {
    metadata: { name, namespace: "shop" },
    spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: "http" }] },
  });
/** A window that Argo CD reads. */
const window = (changes: Readonly<Record<string, unknown>>) =>
  edit("AppProject", {
    "spec.syncWindows": [
      { kind: "deny", schedule: "0 0 21 11 *", duration: "24h", applications: ["*"], timeZone: "UTC", ...changes },
    ],
  });

const switches: readonly Worded[] = [
  {
    rule: "rollout-proceeds",
    words: "name one in *, or several in *",
    reason: "fact",
    in: "no VirtualService",
    ways: [{ virtualService: { name: "shop" } }, { virtualServices: [{ name: "shop" }] }].map((istio) =>
      edit("Rollout", { [`${canary}.trafficRouting.istio`]: istio }),
    ),
  },
  {
    rule: "no-selector-switch",
    words: "use strategy.canary; AppSpec renders both modes",
    reason: "design",
    in: "blue and green",
    ways: [both(less("Rollout"), more(rollout, analysisTemplate))],
  },
  {
    rule: "no-selector-switch",
    words: "merge them into a Rollout with strategy.canary, and leave the label out of the selector",
    reason: "design",
    in: "two equal Deployments, one of them picked by a colour",
    ways: [
      both(
        less("Deployment shop-blue"),
        less("Deployment shop-green"),
        less("Service shop"),
        more(rollout, analysisTemplate, ...around, http("shop"), http("shop-canary"), route),
      ),
    ],
  },
];

const freezes: readonly Worded[] = [
  {
    rule: "deploy-freeze",
    words: "wait, or set the stack tag fridayproof:break-glass to an instant and a reason, a ticket or a sentence",
    reason: "act",
    in: "a broken glass whose reason says nothing",
    ways: [
      context({ now: new Date("2026-11-22T00:00:00Z") }),
      ...["OPS-4711", "the payment provider changes its certificate"].map((reason) =>
        context({ stackTags: new Map([["fridayproof:break-glass", `2026-11-21T13:00:00Z ${reason}`]]) }),
      ),
    ],
  },
  {
    rule: "deploy-freeze",
    words: "write minute, hour, day of month, month and day of week",
    reason: "fact",
    in: "a sync window at hour 24",
    ways: [window({ schedule: "0 0 * * *" })],
  },
  {
    rule: "deploy-freeze",
    words: "write one of the two",
    reason: "fact",
    in: "a sync window of another kind",
    ways: [window({}), window({ kind: "allow" })],
  },
  {
    rule: "deploy-freeze",
    words: "use a name such as Europe/Berlin or UTC",
    reason: "fact",
    in: "a sync window in a zone that does not exist",
    ways: [window({ timeZone: "Etc/UTC" })],
  },
  {
    rule: "deploy-freeze",
    words: "shorten the description",
    reason: "hidden",
    in: "a sync window whose description Argo CD refuses",
    ways: [window({ description: "the sale" })],
  },
  {
    rule: "deploy-freeze",
    words: "state how long it lasts, such as 48h",
    reason: "fact",
    in: "a sync window without a duration",
    ways: [window({ duration: "48h" })],
  },
  {
    rule: "deploy-freeze",
    words:
      "write the calendar's instants with their zone, such as 2026-11-27T00:00:00-05:00, and render it into spec.syncWindows",
    reason: "fact",
    in: "a calendar that cannot be read, and no deny",
    ways: [
      both(
        settings({
          windows: [{ name: "sale", from: "2026-11-21T00:00:00+00:00", until: "2026-11-22T00:00:00+00:00" }],
        }),
        window({}),
      ),
    ],
  },
];

/** Sentences of rules about releases. */
export const releaseWords: readonly Worded[] = [...analysisWords, ...switches, ...freezes];
