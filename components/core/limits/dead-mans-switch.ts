/** Limits of the dead man's switch: the Watchdog notifications that a service outside waits for. */
import { choice, limits } from "./limit";

/** How often it is given. */
export const deadMansSwitchLimits = limits("2026-11-21", {
  interval: choice(60, "seconds", {
    source: "a service that waits for it pages after some minutes of silence; a request a minute costs nothing",
    reason: "The service outside must wait longer than this before it pages.",
  }),
});
