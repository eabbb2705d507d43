/** What a release of an application does: its timetable, and what its gates measure. */
import {
  detections,
  gateWarnings,
  liveWarnings,
  outcomes,
  specProblems,
  timetable,
} from "@fridayproof/components/plan";
import { throwProblems } from "@fridayproof/components/core";
import type { ReleasePlan } from "../../cli/context/hook-types";
import { specOf } from "../../stacks/environments/application-specs";
import { checkMigrationSoak } from "./migration-soak";

const MILLISECONDS = 1000;

/** @throws Error where there is no such application, its spec cannot work, or a migration comes before its time. */
export function releasePlan(root: string, application: string): ReleasePlan {
  const spec = specOf(root, application);
  throwProblems(`application "${application}"`, specProblems(spec));
  checkMigrationSoak(root, application, Date.now() / MILLISECONDS);
  return {
    timetable: timetable(spec),
    outcomes: outcomes(spec),
    detections: detections(spec),
    warnings: [...gateWarnings(spec), ...liveWarnings(spec)],
  };
}
