/** What each release gate must conclude from which traffic, at the 40th scrape. */
import { gates } from "../../../components/delivery/analysis";
import type { Traffic } from "../../support/synthetic-series";

/** What a gate concludes from one look. */
export type Verdict = "passes" | "fails" | "no number";

/** A title, the requests, and the verdict. */
export type GateCase = readonly [title: string, traffic: readonly Traffic[], verdict: Verdict];

/** Requests to the version under test. */
export const canary = (traffic: Partial<Traffic> = {}): Traffic => ({ service: "canary", ...traffic });
/** Requests to the version that serves. */
export const stable = (traffic: Partial<Traffic> = {}): Traffic => ({ service: "stable", ...traffic });
const every = (failed: number) => () => failed;
/** Requests from this scrape on. */
export const since = (scrape: number) => (at: number) => at >= scrape;
const until = (scrape: number) => (at: number) => at < scrape;
/** All answers take so long. */
export const all = (milliseconds: number) => ({ times: [[milliseconds, 1000]] }) as const;

/** By gate. */
export const gateCases: Readonly<Record<string, readonly GateCase[]>> = {
  [gates.errorRatio]: [
    ["no series at all", [], "no number"],
    ["no failure yet, and so no series of failures", [canary()], "passes"],
    ["just below 1%", [canary({ failing: every(9) })], "passes"],
    ["just above 1%", [canary({ failing: every(11) })], "fails"],
    ["a minute of nothing but failures", [canary({ failing: (at) => (at > 36 ? 1000 : 0) })], "passes"],
    ["three minutes of failures", [canary({ failing: (at) => (at > 28 ? 20 : 0) })], "fails"],
    ["requests that have ended", [canary({ failing: every(20), busy: until(20) })], "no number"],
    ["a minute without a request after failures", [canary({ failing: every(1000), busy: until(35) })], "no number"],
    ["a gateway pod that counts anew", [canary({ reset: 37 })], "passes"],
    ["one that counts anew and fails", [canary({ failing: every(20), reset: 37 })], "fails"],
    ["a replica of 75 s and a minute of failures", [canary({ failing: every(1000), seen: since(36) })], "no number"],
    ["a replica that was away for two minutes", [canary({ seen: (at) => at < 28 || at > 35 })], "no number"],
    ["one scrape that failed", [canary({ seen: (at) => at !== 36 })], "passes"],
    ["NaN", [canary({ nan: true })], "no number"],
  ],
  [gates.serverErrors]: [
    ["no series at all", [], "no number"],
    ["no failure yet", [canary()], "passes"],
    ["just below 0.5%", [canary({ failing: every(4) })], "passes"],
    ["just above 0.5%", [canary({ failing: every(6) })], "fails"],
    ["requests that have ended", [canary({ failing: every(6), busy: until(15) })], "no number"],
    ["a gateway pod that counts anew and fails", [canary({ failing: every(6), reset: 30 })], "fails"],
    ["a replica of 75 s", [canary({ failing: every(4), seen: since(36) })], "passes"],
    ["NaN", [canary({ nan: true })], "no number"],
  ],
  [gates.serverErrorsStrict]: [
    ["no series at all", [], "no number"],
    ["no failure yet", [canary()], "passes"],
    ["at 0.1%", [canary({ failing: every(1) })], "passes"],
    ["at 0.2%", [canary({ failing: every(2) })], "fails"],
    ["NaN", [canary({ nan: true })], "no number"],
  ],
  [gates.rejections]: [
    ["no series at all", [], "no number"],
    ["nobody to compare with", [canary({ rejected: every(100) })], "no number"],
    ["nothing rejected by either", [canary(), stable()], "passes"],
    ["as many as the serving version", [canary({ rejected: every(300) }), stable({ rejected: every(300) })], "passes"],
    ["a tenth more of many", [canary({ rejected: every(330) }), stable({ rejected: every(300) })], "passes"],
    ["more than half as many again", [canary({ rejected: every(460) }), stable({ rejected: every(300) })], "fails"],
    ["one in a hundred beside none", [canary({ rejected: every(10) }), stable()], "passes"],
    ["three in a hundred beside none", [canary({ rejected: every(30) }), stable()], "fails"],
    ["a session bug: every request of a known user", [canary({ rejected: every(1000) }), stable()], "fails"],
    ["failures are no rejections", [canary({ failing: every(100) }), stable()], "passes"],
    ["NaN", [canary({ nan: true }), stable()], "no number"],
  ],
  [gates.tripwire]: [
    ["no series at all", [], "passes"],
    ["just below 1%", [canary({ failing: every(9) })], "passes"],
    ["just above 1%", [canary({ failing: every(11) })], "fails"],
    ["requests that have ended", [canary({ failing: every(20), busy: until(20) })], "passes"],
    ["NaN", [canary({ nan: true })], "passes"],
  ],
  [gates.latencyP95]: [
    ["no series at all", [], "no number"],
    ["the same", [canary(all(100)), stable(all(100))], "passes"],
    ["just below twice", [canary(all(195)), stable(all(100))], "passes"],
    ["two and a half times", [canary(all(250)), stable(all(100))], "fails"],
    ["faster", [canary(all(20)), stable(all(100))], "passes"],
    [
      "5% of answers far slower",
      [
        canary({
          times: [
            [100, 960],
            [5000, 40],
          ],
        }),
        stable(all(100)),
      ],
      "passes",
    ],
    [
      "more than 5% far slower",
      [
        canary({
          times: [
            [100, 940],
            [5000, 60],
          ],
        }),
        stable(all(100)),
      ],
      "fails",
    ],
    ["a canary without a request", [stable()], "no number"],
    ["an idle serving version", [canary(), stable({ busy: until(20) })], "no number"],
    ["a gateway pod that counts anew", [canary({ reset: 37 }), stable({ reset: 37 })], "passes"],
    ["NaN", [canary({ nan: true }), stable()], "no number"],
    ["less than the gateway can tell apart", [canary(all(1.1)), stable(all(0.9))], "passes"],
  ],
  [gates.latencyP99]: [
    ["no series at all", [], "no number"],
    [
      "just enough within 500 ms",
      [
        canary({
          times: [
            [100, 991],
            [700, 9],
          ],
        }),
      ],
      "passes",
    ],
    [
      "just too few",
      [
        canary({
          times: [
            [100, 989],
            [700, 11],
          ],
        }),
      ],
      "fails",
    ],
    [
      "le as Prometheus 2 kept it",
      [
        canary({
          times: [
            [100, 989],
            [700, 11],
          ],
          major: 2,
        }),
      ],
      "fails",
    ],
    ["requests that have ended", [canary({ busy: until(20) })], "no number"],
    ["a gateway pod that counts anew", [canary({ reset: 37 })], "passes"],
    ["NaN", [canary({ nan: true })], "no number"],
  ],
  [gates.baseline]: [
    ["no series at all", [], "no number"],
    ["neither fails", [canary(), stable()], "passes"],
    ["just below 1.2 times", [canary({ failing: every(11) }), stable({ failing: every(10) })], "passes"],
    ["just above 1.2 times", [canary({ failing: every(13) }), stable({ failing: every(10) })], "fails"],
    [
      "one failure in 500 against none",
      [canary({ requests: 25, failing: (at) => Number(at === 2 || at === 35) }), stable()],
      "passes",
    ],
    [
      "two in 500 against none",
      [canary({ requests: 25, failing: (at) => Number([2, 33, 37].includes(at)) }), stable()],
      "fails",
    ],
    ["an idle serving version", [canary(), stable({ busy: until(15) })], "no number"],
    ["a serving version without series", [canary()], "no number"],
    ["NaN", [canary({ nan: true }), stable()], "no number"],
  ],
  [gates.volume]: [
    ["no series at all", [], "fails"],
    ["just too few", [canary({ requests: 62 })], "fails"],
    ["just enough", [canary({ requests: 63 })], "passes"],
    ["requests that have ended", [canary({ busy: until(20) })], "fails"],
    ["a gateway pod that counts anew", [canary({ requests: 100, reset: 37 })], "passes"],
    ["NaN", [canary({ nan: true })], "no number"],
  ],
  [gates.latencyP95History]: [
    ["no series at all", [], "no number"],
    [
      "a serving version that has just become idle",
      [canary(all(102)), stable({ ...all(100), busy: until(30) })],
      "passes",
    ],
    ["two and a half times its past", [canary(all(250)), stable({ ...all(100), busy: until(30) })], "fails"],
    ["an application of ten minutes", [canary(all(100)), stable(all(100))], "passes"],
    ["a serving version that never had a request", [canary()], "no number"],
    ["NaN", [canary({ nan: true }), stable()], "no number"],
  ],
};
