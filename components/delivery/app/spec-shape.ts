/** The form of an AppSpec, field by field, as `spec.ts` declares it. */
import type { Problem } from "../../core/checks";
import type { AppSpec, Objectives, Sessions, Strategy } from "./spec";
import { anyText, either, type Form, has, list, map, number, object, text, word } from "./shape";

/** Every field has a form, and no other has one: the compiler holds both against the type. */
type Forms<Field extends keyof AppSpec> = { readonly [name in Field]-?: Form };

const secret = object({ secret: text, property: text });
const metric = object({ name: text, query: text, atLeast: number });
const callee = either(has("cidr"), object({ cidr: text, port: number }), object({ application: text, port: number }));
const job = object({ name: text, schedule: text, command: list(text, 1) });
const sessions = object(
  { kept: word<Sessions["kept"]>("stateless", "shared-store", "sticky") },
  { issuedBy: text, readBy: text },
);
const replicas = either((value) => typeof value === "object", object({ min: number, max: number }), number);

/** A volume that outlives its pod: the problem of a spec that has one. */
const noVolume: Form = (value, path) => [
  {
    path,
    got: value,
    allowed: `"none", or { scratch, size }: a block volume is in one zone and at one pod, so two versions cannot both have it`,
    fix: "Keep what must stay in a database or in S3, and name it in calls.",
  },
];
const state = either(
  (value) => value === "none",
  () => [],
  either(has("scratch"), object({ scratch: text, size: text }), noVolume),
);

type Required = "name" | "image" | "port" | "readinessPath" | "livenessPath";

const required: Forms<Required> = { name: text, image: text, port: number, readinessPath: text, livenessPath: text };

const optional: Forms<Exclude<keyof AppSpec, Required>> = {
  replicas,
  strategy: word<Strategy>("canary", "canary-5-20-100", "canary-5-10-25-50-100", "blueGreen", "rolling"),
  resources: object({ cpu: text, memory: text }),
  env: map(anyText),
  secrets: map(secret),
  database: object({ secret: text }),
  objectives: word<Objectives>("standard", "strict"),
  businessMetrics: list(metric),
  expectedRps: number,
  usualErrorRatio: number,
  journeys: list(text),
  calls: list(callee),
  callers: list(text),
  jobs: list(job),
  migration: list(text, 1),
  sessions,
  state,
  flags: object({}, { application: text, profile: text }),
  metricsPort: number,
  undo: object({ of: text, to: text }),
};

const form = object(required, optional);

/** What is wrong with the form of what is given as a spec. */
export const shapeProblems = (spec: unknown): Problem[] => form(spec, "");
