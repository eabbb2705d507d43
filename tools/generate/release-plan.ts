/** What a release of an application does: its timetable, and what its gates measure. */
import {
  type Detection,
  detections,
  gateWarnings,
  liveWarnings,
  type Outcome,
  outcomes,
  specProblems,
  timetable,
  type Timetable,
} from "@fridayproof/components/plan";
import { throwProblems } from "@fridayproof/components/core";
import { specOf } from "./applications";
import { checkBaked } from "./baked";

const MILLISECONDS = 1000;

/** A release as the command line shows it. */
export interface ReleasePlan {
  readonly timetable: Timetable;
  readonly outcomes: readonly Outcome[];
  readonly detections: readonly Detection[];
  readonly warnings: readonly string[];
}

/** @throws Error where there is no such application, its spec cannot work, or a migration comes before its time. */
export function releasePlan(root: string, application: string): ReleasePlan {
  const spec = specOf(root, application);
  throwProblems(`application "${application}"`, specProblems(spec));
  checkBaked(root, application, Date.now() / MILLISECONDS);
  return {
    timetable: timetable(spec),
    outcomes: outcomes(spec),
    detections: detections(spec),
    warnings: [...gateWarnings(spec), ...liveWarnings(spec)],
  };
}
