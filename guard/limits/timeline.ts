/** Numbers of a simulated timeline. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** How often it is drawn, and how much is shown. */
export const timelineLimits = limits("2026-11-30", {
  draws: choice(10_000, "count", {
    source: "at 10,000 draws p90 of a control plane and its nodes moves by 3 s from seed to seed",
    reason: "With fewer draws the same plan gets another p95 from one seed to the next.",
  }),
  seed: choice(17, "count", {
    source: "any number: it is printed with every time",
    reason: "The same plan has the same times in every run.",
  }),
  leastShown: choice(5, "seconds", {
    source: "a row of a picture twenty minutes wide: five seconds are four pixels",
    reason: "Shorter ones are dots, and a picture of every resource is read by nobody.",
  }),
});
