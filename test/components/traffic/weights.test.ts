/** Sharing of traffic between the two colours. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forwardAction, weightProblems, type Weights } from "../../../components/traffic/weights";

const arns = { blue: "arn:blue", green: "arn:green" };
const split = fc.integer({ min: 0, max: 100 }).map((blue) => ({ blue, green: 100 - blue }));

describe("weights", () => {
  test.each([
    { blue: 100, green: 0 },
    { blue: 0, green: 100 },
    { blue: 95, green: 5 },
  ])("$blue to $green is accepted", (weights) => expect(weightProblems(weights)).toEqual([]));

  test("a sum other than 100 is refused", () => {
    expect(weightProblems({ blue: 50, green: 40 })).toEqual([
      { path: "weights", got: 90, allowed: "weights that sum to 100", fix: "Raise or lower one of the two." },
    ]);
  });

  test("each weight that is no percent is named", () => {
    expect(weightProblems({ blue: -5, green: 0.5 })).toEqual([
      {
        path: "weights.blue",
        got: -5,
        allowed: "a whole number from 0 to 100",
        fix: "Give percent of the traffic, 0 for a slot that takes none.",
      },
      {
        path: "weights.green",
        got: 0.5,
        allowed: "a whole number from 0 to 100",
        fix: "Give percent of the traffic, 0 for a slot that takes none.",
      },
    ]);
  });

  test("a third colour and a missing one are both named", () => {
    const weights = { blue: 100, red: 0 } as unknown as Weights;
    expect(weightProblems(weights)).toEqual([
      { path: "weights.red", got: 0, allowed: "blue or green", fix: "Use the colours of the two slots." },
      {
        path: "weights.green",
        got: undefined,
        allowed: "a whole number from 0 to 100",
        fix: "Give percent of the traffic, 0 for a slot that takes none.",
      },
    ]);
  });

  test("exactly the pairs of percents that sum to 100 are accepted", () => {
    fc.assert(
      fc.property(fc.integer({ min: -200, max: 300 }), fc.integer({ min: -200, max: 300 }), (blue, green) => {
        const right = blue >= 0 && green >= 0 && blue + green === 100;
        expect(weightProblems({ blue, green }).length === 0).toBe(right);
      }),
    );
  });
});

describe("the forward action", () => {
  test("names both groups at weight 0, without stickiness", () => {
    expect(forwardAction({ blue: 100, green: 0 }, arns)).toEqual({
      type: "forward",
      forward: {
        targetGroups: [
          { arn: "arn:blue", weight: 100 },
          { arn: "arn:green", weight: 0 },
        ],
        stickiness: { enabled: false, duration: 3600 },
      },
    });
  });

  test("is sticky for an hour while both take traffic", () => {
    expect(forwardAction({ blue: 95, green: 5 }, arns)).toMatchObject({
      forward: { stickiness: { enabled: true, duration: 3600 } },
    });
  });

  test("always names blue before green, with weights that sum to 100, and is sticky only while both serve", () => {
    fc.assert(
      fc.property(split, (weights) => {
        expect(forwardAction(weights, arns)).toEqual({
          type: "forward",
          forward: {
            targetGroups: [
              { arn: "arn:blue", weight: weights.blue },
              { arn: "arn:green", weight: weights.green },
            ],
            stickiness: { enabled: weights.blue !== 0 && weights.green !== 0, duration: 3600 },
          },
        });
      }),
    );
  });
});
