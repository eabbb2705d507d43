/** Releases and undos as Argo Rollouts' own controller carries them out, on what is rendered: `make releases` builds it. */
import { describe, expect, test } from "vitest";
import { analysisTemplates } from "../../../../components/delivery/analysis";
import { app } from "../../../../components/delivery/app/app";
import type { AppSpec, Strategy } from "../../../../components/delivery/app/spec";
import { weightsOf } from "../../../../components/delivery/app/strategy";
import { haveRollouts, type ReleaseRequest, type SyncRow, syncsOf } from "../../../support/rollouts";
import { withoutRepeats } from "../../../support/repeats";
import { fullest, platform, smallest } from "../app/spec-fixture";

const PODS = 4;
/** Pods that must be there before a version gets traffic: three quarters. */
const ENOUGH = 3;
const old: AppSpec = { ...smallest, replicas: PODS };
const imageOf = (spec: AppSpec, letter: string): string => spec.image.replace("a".repeat(64), letter.repeat(64));
const digestOf = ({ image }: AppSpec): string => image.split("@")[1] ?? "";
const nextOf = (spec: AppSpec): AppSpec => ({ ...spec, image: imageOf(spec, "b") });
const undoOf = (spec: AppSpec): AppSpec => ({ ...spec, undo: { of: digestOf(nextOf(spec)), to: digestOf(spec) } });

/** Objects of a kind, as the API server has them. */
const objects = (spec: AppSpec, kind: string): readonly object[] =>
  app(spec, platform).everywhere.filter((each) => each.kind === kind);

/** Argo Rollouts decides by the number that the autoscaler writes. */
function rollout(spec: AppSpec): object {
  const [found] = objects(spec, "Rollout") as readonly { readonly spec: object }[];
  return { ...found, spec: { ...found?.spec, replicas: PODS } };
}

function syncs(specs: readonly AppSpec[], more: Partial<ReleaseRequest> = {}): readonly SyncRow[] {
  const [first = old] = specs;
  const [virtualService = {}] = objects(first, "VirtualService");
  return syncsOf({
    rollouts: specs.map(rollout),
    podsPerSync: 1,
    services: objects(first, "Service"),
    virtualService,
    templates: objects(first, "AnalysisTemplate"),
    clusterTemplates: analysisTemplates({
      prometheusAddress: "http://prometheus:9090",
      gatewayAddress: "http://gateway",
    }),
    ...more,
  });
}

const last = (rows: readonly SyncRow[]): readonly SyncRow[] =>
  rows.filter(({ release }) => release === rows.at(-1)?.release);

/** Whether whoever gets traffic has the pods for it, at every sync. */
function carried(rows: readonly SyncRow[]): readonly SyncRow[] {
  const enough = (row: SyncRow, image: string): boolean => (row.pods[image] ?? 0) >= ENOUGH;
  return rows.filter(
    (row) =>
      row.stable !== "" &&
      !((row.weight === 100 || enough(row, row.stable)) && (row.weight === 0 || enough(row, row.canary))),
  );
}

const strategies: readonly Exclude<Strategy, "rolling">[] = [
  "canary",
  "canary-5-20-100",
  "canary-5-10-25-50-100",
  "blueGreen",
];

describe.skipIf(!haveRollouts)("a release", () => {
  test.each(strategies)("by %s goes through its weights, and ends with all on the new version", (strategy) => {
    const spec = { ...old, strategy };
    const rows = last(syncs([spec, nextOf(spec)]));
    expect(withoutRepeats(rows.map(({ weight }) => weight))).toEqual([0, ...weightsOf(spec), 0]);
    expect(rows.at(-1)).toMatchObject({ phase: "Healthy", stable: imageOf(spec, "b"), canary: imageOf(spec, "b") });
    expect(carried(rows)).toEqual([]);
  });

  test("with everything that a spec may say is accepted and carried out", () => {
    const rows = last(syncs([fullest, nextOf(fullest)], { podsPerSync: PODS }));
    expect(rows.at(-1)).toMatchObject({ phase: "Healthy", stable: imageOf(fullest, "b") });
  });

  test("that a gate ends at 25 % puts all traffic on the old version in one sync", () => {
    const rows = syncs([old, nextOf(old), undoOf(old)], { failsAt: "7" });
    const aborted = rows.filter(({ release }) => release === 1);
    expect(withoutRepeats(aborted.map(({ weight }) => weight))).toEqual([0, 5, 25, 0]);
    expect(aborted.at(-1)).toMatchObject({ phase: "Degraded", stable: old.image });
    expect(carried(aborted)).toEqual([]);
    // The undo of it has nothing to move.
    expect(
      withoutRepeats(last(rows).map(({ weight, stable, phase }) => `${weight} ${stable === old.image} ${phase}`)),
    ).toEqual(["0 true Healthy"]);
  });
});

describe.skipIf(!haveRollouts)("an undo after the release", () => {
  const undone = (oldPodsGone: boolean) => syncs([old, nextOf(old), undoOf(old)], { oldPodsGone });

  test("takes four syncs while the old pods stand: no pod starts, no gate is asked", () => {
    const rows = last(undone(false));
    expect(rows.findIndex(({ stable, weight }) => stable === old.image && weight === 0)).toBe(3);
    expect(rows.every(({ pods }) => pods[old.image] === PODS)).toBe(true);
    expect(carried(rows)).toEqual([]);
    expect(rows.at(-1)).toMatchObject({ phase: "Healthy", canary: old.image });
  });

  test("waits for three quarters of the pods where they are gone, and sends nobody to the first one", () => {
    const rows = last(undone(true));
    const before = rows.filter(({ pods }) => (pods[old.image] ?? 0) < ENOUGH);
    expect(before.length).toBeGreaterThan(ENOUGH);
    expect(before.map(({ weight, stable }) => [weight, stable])).toEqual(before.map(() => [0, imageOf(old, "b")]));
    expect(carried(rows)).toEqual([]);
    expect(rows.at(-1)).toMatchObject({ phase: "Healthy", stable: old.image });
  });
});
