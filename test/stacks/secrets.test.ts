/** What a state seals stands nowhere else in it in the clear: neither in what providers repeat nor in rendered values. */
import { expect, test } from "vitest";
import { foundationGraph } from "../support/foundation-account";
import { clearSecrets, sealedTexts } from "../support/sealed";
import { stackGraph } from "../support/stack-graph";

const MINUTES_3 = 180_000;

test.each(["dev", "staging", "prod"])(
  "the state of %s has secrets, and none of them in the clear",
  async (stack) => {
    const { resources } = await stackGraph(stack);
    expect(sealedTexts(resources).size).toBeGreaterThan(0);
    expect(clearSecrets(resources)).toEqual([]);
  },
  MINUTES_3,
);

test(
  "the state of foundation has nothing secret in the clear",
  async () => {
    const { resources } = await foundationGraph();
    expect(clearSecrets(resources)).toEqual([]);
  },
  MINUTES_3,
);
