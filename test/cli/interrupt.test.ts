/** Ctrl-C in a real terminal while dev comes up with all its policies: a stop that says where it stopped, and nothing else. */
import { randomUUID } from "node:crypto";
import { cpSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { hasProc, MARK, noneLeft } from "./left-processes";
import { fridayproof, temporaryFolder } from "./support";
import { CTRL_C, hasTerminal, inTerminal, type Typed } from "./terminal-driver";

const MINUTES_3 = 180_000;
const NOT_CHANGED = /\ndev was not changed: the plan was stopped by you\.\n/;
const STOPPED = /\ndev stopped by you after [\d.]+ s: \d+ of \d+ done, 0 failed, \d+ not begun; all\s+saved\.\n/;

/** Where in the run the keys are pressed, and how the run says that it ended. */
const MOMENTS: readonly (readonly [string, readonly Typed[], RegExp])[] = [
  ["while the program starts", [{ after: /starting, /, keys: CTRL_C }], NOT_CHANGED],
  ["while the policies check the plan", [{ after: /\d\d planned/, keys: CTRL_C }], NOT_CHANGED],
  [
    "in the middle of the update",
    [
      { after: /dev on the sandbox: \d+ to create/, keys: "" },
      { after: /[1-9]\d\/\d+ done/, keys: CTRL_C },
    ],
    STOPPED,
  ],
];

it.runIf(hasTerminal && hasProc)(
  "Ctrl-C ends with 130, without a false error, and without a process that stays",
  async () => {
    const folder = temporaryFolder();
    const account = path.join(folder, "account");
    expect((await fridayproof(["up", "--stack", "foundation", "--work", account])).code).toBe(0);
    for (const [moment, typed, closing] of MOMENTS) {
      const work = path.join(folder, moment);
      cpSync(account, work, { recursive: true });
      const mark = randomUUID();
      const { code, text } = await inTerminal(["up", "--yes", "--work", work], typed, { env: { [MARK]: mark } });
      expect(text).toMatch(closing);
      expect({ moment, code }).toEqual({ moment, code: 130 });
      expect(text).not.toMatch(/error:|^x |policy project|ECONNRESET|Connection dropped|UNAVAILABLE|this is a bug/m);
      await noneLeft(mark);
    }
  },
  MINUTES_3,
);
