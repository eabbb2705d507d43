/** Numbers come with the right form of their nouns. */
import { describe, expect, it } from "vitest";
import { counted } from "../../../components/core/counted";

describe("a counted noun", () => {
  it.each([
    [0, "zone", "0 zones"],
    [1, "zone", "1 zone"],
    [2, "zone", "2 zones"],
    [1, "entry", "1 entry"],
    [2, "standalone entry", "2 standalone entries"],
    [2, "day", "2 days"],
    [10, "flow log", "10 flow logs"],
    [2, "yard", "2 yards"],
  ])("is, of %d and %s, %s", (number, noun, shownCount) => {
    expect(counted(number, noun)).toBe(shownCount);
  });
});
