/** A freeze goes on from its start to its end on the wall clock of its zone, summer time and all. */
import { describe, expect, it } from "vitest";
import { freezeAt } from "../../../cli/status/freezes";

const window = { schedule: "0 0 26 11 *", duration: "120h", timeZone: "America/New_York", reason: "busy" };
const frozen = { until: "2026-12-01 00:00", timeZone: "America/New_York", reason: "busy" };

describe("a freeze of 120 hours from 26 November in New York", () => {
  it.each([
    ["2026-11-26T04:59:00Z", undefined],
    ["2026-11-26T05:00:00Z", frozen],
    ["2026-12-01T04:59:00Z", frozen],
    ["2026-12-01T05:00:00Z", undefined],
  ])("at %s is %j", (moment, expected) => {
    expect(freezeAt([window], new Date(moment))).toEqual(expected);
  });

  it("beside a longer one is named by the one that ends last", () => {
    const longer = { ...window, duration: "130h", reason: "busier" };
    const moment = new Date("2026-11-27T00:00:00Z");
    expect(freezeAt([longer, window], moment)).toMatchObject({ reason: "busier", until: "2026-12-01 10:00" });
  });

  it("whose schedule nobody can read never goes on", () => {
    expect(freezeAt([{ ...window, schedule: "@daily" }], new Date("2026-11-27T00:00:00Z"))).toBeUndefined();
  });
});
