/** Sessions outlive a release in both directions, or this file fails. */
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { formats, issue, read } from "../../../apps/sample/sessions/formats";
import { currentSessions, missingSteps, sessionHistory } from "../../../apps/sample/sessions/history";
import { Sessions } from "../../../apps/sample/sessions/sessions";

const KEY = "the key of the recorded tokens";
const session = { user: "mara", issued: 1_796_000_000_000 };

/** Issued once and kept: who changes a format changes what users hold. A new format is a new line, never a changed one. */
const recorded = {
  1: "v1.bWFyYQ.Tppb8BCjDwlkJxRLhGvg-VxsqqESx6MKIC3L3SSorxE",
  2: "v2.eyJ1c2VyIjoibWFyYSIsImlzc3VlZCI6MTc5NjAwMDAwMDAwMH0.qNTz7Fyb7qhGHkO1ngOEqfbcXG-_XtDLfCHH9Sz1y1o",
} as const;

describe("tokens", () => {
  test.each(formats)("of format %i are those that were issued when it was new", (format) => {
    expect(issue(format, session, KEY)).toBe(recorded[format]);
    expect(read(recorded[format], [format], [KEY])).toEqual(format === 1 ? { user: "mara" } : session);
  });

  test.each(formats)(
    "of format %i are read by who accepts the format and has the key, and by nobody else",
    (format) => {
      fc.assert(
        fc.property(fc.string({ minLength: 1 }), fc.string(), (user, other) => {
          const token = issue(format, { user, issued: 1 }, KEY);
          expect(read(token, [format], ["another", KEY])?.user).toBe(Buffer.from(user).toString());
          expect(
            read(
              token,
              formats.filter((one) => one !== format),
              [KEY],
            ),
          ).toBeUndefined();
          if (other !== KEY) expect(read(token, [format], [other])).toBeUndefined();
        }),
      );
    },
  );

  test("are refused when somebody wrote another user into them", () => {
    const [, , signature = ""] = recorded[1].split(".");
    expect(read(`v1.${Buffer.from("root").toString("base64url")}.${signature}`, [1], [KEY])).toBeUndefined();
    expect(read("", [1, 2], [KEY])).toBeUndefined();
    expect(read("v1.a", [1, 2], [KEY])).toBeUndefined();
  });

  test("end after twelve hours, where they say when they were issued", () => {
    const hour = 3_600_000;
    const at = (now: number) => new Sessions({ reads: [1, 2], writes: 2, keys: [KEY] }, () => now);
    const token = at(0).issue("mara");
    expect(at(12 * hour).read(token)?.user).toBe("mara");
    expect(at(12 * hour + 1).read(token)).toBeUndefined();
  });
});

describe("the history of the session's format", () => {
  test("takes two steps for each change", () => {
    expect(missingSteps(sessionHistory)).toEqual([]);
  });

  test("is refused where one release changes what it writes without the one before reading it", () => {
    const old = { release: "1.0", reads: [1], writes: 1 } as const;
    expect(missingSteps([old, { release: "1.1", reads: [2], writes: 2 }])).toEqual([
      "1.1 does not read format 1, which 1.0 writes: its users would be logged out. Drop a format one release after the last that writes it.",
      "1.1 writes format 2, which 1.0 does not read: on the way back its users would be logged out. Read it in one release and write it in the next.",
    ]);
    expect(missingSteps([old, { release: "1.1", reads: [1, 2], writes: 2 }])).toHaveLength(1);
    expect(missingSteps([{ release: "1.0", reads: [1], writes: 2 }])).toEqual([
      "1.0 does not read what it writes itself",
    ]);
  });

  test("in two steps lets each release read every token of the one before it and the one after it", () => {
    const history = [...sessionHistory, { release: "1.2", reads: [1, 2], writes: 2 } as const];
    expect(missingSteps(history)).toEqual([]);
    const serving = history.map(({ reads, writes }) => new Sessions({ reads, writes, keys: [KEY] }));
    for (const [index, one] of serving.entries())
      for (const other of [serving[index - 1], serving[index + 1]])
        if (other !== undefined) expect(other.read(one.issue("mara"))?.user).toBe("mara");
  });

  test("ends with what the service does", () => {
    expect(currentSessions()).toBe(sessionHistory.at(-1));
    expect(() => currentSessions([])).toThrow("sessionHistory has no release");
  });
});
