/** The freeze calendar of the environments: plain data. Fridays are not in it, on purpose. */
import type { FreezeCalendar } from "@fridayproof/components/plan";

/** Periods without automatic deployments to production. */
export const productionFreezes: FreezeCalendar = {
  timeZone: "America/New_York",
  freezes: [
    {
      on: "date",
      date: "2026-11-26",
      at: "00:00",
      hours: 120,
      reason: "Thanksgiving to Cyber Monday: the busiest days of the year, with the fewest people at work.",
    },
    {
      on: "every-year",
      day: "12-23",
      at: "18:00",
      hours: 246,
      reason: "Year's end: suppliers and half of the team are away until 3 January.",
    },
  ],
};

/** A calendar without freezes. */
export const noFreezes: FreezeCalendar = { timeZone: "UTC", freezes: [] };
