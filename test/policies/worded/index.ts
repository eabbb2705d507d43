/** Every sentence of a rule that no change of the stack says. */
import { cloudWords } from "./cloud";
import { controlledWords } from "./controlled";
import { networkWords } from "./network";
import { referenceWords } from "./references";
import { releaseWords } from "./releases";
import { versionWords } from "./versions";
import { workloadWords } from "./workloads";
import type { Worded } from "./worded";

/** All of them. */
export const worded: readonly Worded[] = [
  ...referenceWords,
  ...controlledWords,
  ...releaseWords,
  ...workloadWords,
  ...versionWords,
  ...networkWords,
  ...cloudWords,
];
