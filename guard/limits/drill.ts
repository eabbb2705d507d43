/** Numbers of a drill of the replica. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** By when each line of a failover must be done, and who has waited long enough. */
export const drillLimits = limits("2026-11-30", {
  blip: choice(300, "seconds", {
    source: "GitHub, 2018-10-21: 43 seconds of partition, an automatic promotion, 24 hours of repair",
    reason: "Shorter trouble ends by itself: a failover during it leaves two legs to repair in place of none.",
  }),
  detect: choice(120, "seconds", {
    source: "a health check of 10 seconds that must fail three times, and the page that follows it",
    reason: "No decision comes before the detection.",
  }),
  decide: choice(900, "seconds", {
    source: "a rebuild told in public took 51 minutes of a two-hour incident: the rest was deciding",
    reason: "After it, the one on call decides alone: waiting costs more than a failover that was not needed.",
  }),
  scale: choice(480, "seconds", {
    source: "the pilot's promise: p95 of 8 minutes",
    reason: "A slower pilot is no pilot: what stands would have to be more.",
  }),
  open: choice(60, "seconds", {
    source: "one object of the replica's own cluster",
    reason: "It is the last thing between a leg that is ready and the first request.",
  }),
  clients: choice(180, "seconds", {
    source: "a health check that flips and an alias that is kept for 60 seconds",
    reason: "Clients that keep a name longer are not covered, and must be found before the day.",
  }),
});
