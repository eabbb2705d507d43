/** Minors are numbers behind a dot: 1.9 comes before 1.10. */
import { describe, expect, it } from "vitest";
import { byMinor, minorOf } from "../../../components/core/minor";

describe("minors", () => {
  it("are the number behind the dot", () => {
    expect([minorOf("1.35"), minorOf("1.9"), minorOf("1"), minorOf("")]).toEqual([35, 9, NaN, NaN]);
  });

  it("are in the order of their numbers, not of their letters", () => {
    expect(["1.10", "1.9", "1.35"].sort(byMinor)).toEqual(["1.9", "1.10", "1.35"]);
  });
});
