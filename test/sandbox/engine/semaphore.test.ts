/** The bound of `--parallel`: never exceeded, used up where there is work, and everything gets its turn. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Semaphore } from "../../../sandbox/engine/semaphore";

/** One piece of work: how many turns of the event loop it takes, when it is handed in, and whether it fails. */
const piece = fc.record({ turns: fc.nat(4), after: fc.nat(6), fails: fc.boolean() });

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

/** Runs the pieces and tells how many were under way at most, and how each ended. */
async function measure(limit: number, pieces: readonly { turns: number; after: number; fails: boolean }[]) {
  const semaphore = new Semaphore(limit);
  let running = 0;
  let most = 0;
  const ends = await Promise.allSettled(
    pieces.map(async (work) => {
      await turns(work.after);
      return semaphore.run(async () => {
        most = Math.max(most, ++running);
        await turns(work.turns);
        running--;
        if (work.fails) throw new Error("refused");
        return "done";
      });
    }),
  );
  return { most, ends: ends.map(({ status }) => status), running };
}

describe("the semaphore", () => {
  it("never lets more run than its limit, whenever work comes and however it ends", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(piece, { maxLength: 20 }), async (limit, pieces) => {
        const { most, ends, running } = await measure(limit, pieces);
        expect(most).toBeLessThanOrEqual(limit);
        expect(ends).toEqual(pieces.map(({ fails }) => (fails ? "rejected" : "fulfilled")));
        expect(running).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it("uses its whole limit", async () => {
    const pieces = Array.from({ length: 9 }, () => ({ turns: 3, after: 0, fails: false }));
    expect((await measure(4, pieces)).most).toBe(4);
  });

  it.each([undefined, 0, -1])("has no limit when it is %s", async (limit) => {
    const pieces = Array.from({ length: 9 }, () => ({ turns: 3, after: 0, fails: false }));
    expect((await measure(limit as number, pieces)).most).toBe(9);
  });

  it("lets a newcomer wait behind those who waited before it", async () => {
    const semaphore = new Semaphore(1);
    const order: string[] = [];
    const work = (name: string) => semaphore.run(async () => void order.push(name));
    const first = work("first").then(() => work("newcomer"));
    await Promise.all([first, work("second"), work("third")]);
    expect(order).toEqual(["first", "second", "third", "newcomer"]);
  });
});
