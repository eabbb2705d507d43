/** Numbers of the sign of life that Alertmanager gives to a service outside. */
import { limits } from "./limit";

/** How often it is given. */
export const signOfLifeLimits = limits({
  interval: {
    value: 60,
    unit: "seconds",
    kind: "choice",
    source: "a service that waits for it pages after some minutes of silence; a request a minute costs nothing",
    checked: "2026-11-21",
    reason: "The service outside must wait longer than this before it pages.",
  },
});
