/** Argo Rollouts' own controller, compiled with a way in for tests (`make releases`): what it does with rendered manifests. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { toolPath } from "../../tools/setup/go-tools.cjs";

/** Whether the program is there; without it (no Go, or not built: `make releases`) its tests are skipped by name. */
export const haveRollouts = existsSync(toolPath("rollouts"));

/** An object as it is rendered. */
type Rendered = object;

/** Releases of one Rollout, one after another; the last one is looked at. */
export interface ReleaseRequest {
  readonly rollouts: readonly Rendered[];
  /** Whether the pods of the version before are gone when the last release comes. */
  readonly oldPodsGone?: boolean;
  /** Step of the last release but one whose analysis fails. @default none */
  readonly failsAt?: string;
  /** Pods of a version that become available with each sync. */
  readonly podsPerSync: number;
  readonly services: readonly Rendered[];
  readonly virtualService: Rendered;
  readonly templates: readonly Rendered[];
  readonly clusterTemplates: readonly Rendered[];
}

/** What stands after a sync of the controller; versions are told by their image. */
export interface SyncRow {
  /** Which release, from 0. */
  readonly release: number;
  /** What the Service of the serving version selects; empty before it selects a version. */
  readonly stable: string;
  readonly canary: string;
  /** Percent of the traffic that the route gives to the second Service. */
  readonly weight: number;
  readonly step: number | null;
  readonly phase: string;
  readonly message: string;
  /** Available pods by version. */
  readonly pods: Readonly<Record<string, number>>;
}

/** A condition of a trigger of Argo CD's notifications. */
export interface TriggerCondition {
  readonly when: string;
  readonly oncePer?: string;
  readonly send: readonly string[];
}

const LARGEST = 64 * 1024 * 1024;

function run(command: "releases" | "triggers" | "objects", request: object): unknown {
  const options = { input: JSON.stringify(request), encoding: "utf8", maxBuffer: LARGEST, stdio: "pipe" } as const;
  return JSON.parse(execFileSync(toolPath("rollouts"), [command], options));
}

/** Runs the releases, sync by sync. @throws Error where one of them never ends. */
export const syncsOf = (request: ReleaseRequest): readonly SyncRow[] => run("releases", request) as SyncRow[];

/** What the API server's own validation has against each object of Kubernetes' kinds; empty for one that it takes. */
export const refusalsOf = (objects: readonly object[]): readonly string[] => run("objects", objects) as string[];

/** Templates that are sent for each application, by trigger. */
export function sentFor(
  triggers: Readonly<Record<string, readonly TriggerCondition[]>>,
  applications: readonly object[],
): readonly Readonly<Record<string, readonly string[]>>[] {
  return run("triggers", { triggers, applications }) as Record<string, string[]>[];
}
