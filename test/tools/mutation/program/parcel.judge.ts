/** Tests with every hook and form that the tests of the policies use. Their gaps are wanted: some mutants survive. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { boxes, grams, halvings, send, start } from "./parcel";

let scale = "";
const trace: string[] = [];
beforeAll(() => {
  scale = "kg";
});
afterAll(() => {
  scale = "";
});

describe("a weight", () => {
  it.each([
    ["2 g", 2],
    ["3 kg", 3000],
  ])("%s is %d g", (text, expected) => {
    expect(grams(text)).toBe(expected);
  });

  it("is read on the scale", () => expect(grams(`1 ${scale}`)).toBe(1000));
  it("of no unit is none", () => expect(grams("12")).toBeUndefined());
  it("halves", () => expect(halvings(400)).toBe(2));
});

describe("parcels", () => {
  beforeEach(() => start());
  afterEach(() => {
    expect(trace.splice(0)).toEqual(["sent"]);
  });

  it("are numbered", async () => {
    vi.spyOn(console, "log").mockImplementation((text) => void trace.push(String(text)));
    expect(await send(["1 g", "none", "2 g"])).toEqual(["1: 1 g", "2: 2 g"]);
    console.log("sent");
  });

  it("are numbered from one each time", async () => {
    trace.push("sent");
    expect(await send(["1 g"])).toEqual(["1: 1 g"]);
  });
});

describe("boxes", () => {
  it("fit", () => expect(boxes(3)).toBe(3));
  it("do not fit in nothing", () => expect(boxes(0)).toBe(0));
});
