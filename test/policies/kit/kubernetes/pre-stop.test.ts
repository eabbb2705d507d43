/** How long preStop hooks wait while the process still listens. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Field } from "../../../../policies/kit/reading/field";
import { preStopWait, type Wait, waitOf, waitsByName } from "../../../../policies/kit/kubernetes/pre-stop";

const waits = (preStop: unknown): Wait | undefined => preStopWait(new Field({ lifecycle: { preStop } }, "c"));
const running = (...command: readonly string[]): Wait | undefined => waits({ exec: { command } });
const known = (seconds: number): Wait => ({ seconds, open: false });

describe("a preStop hook", () => {
  it("waits as long as it says, and is none without a handler", () => {
    expect(waits({ sleep: { seconds: 15 } })).toEqual(known(15));
    expect(waits({ sleep: { seconds: "7" } })).toEqual(known(7));
    expect([waits(undefined), waits({}), waits({ exec: null })]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    [["sleep", "20"], 20],
    [["/bin/sleep", "20"], 20],
    [["sh", "-c", "sleep 20; nginx -s quit"], 20],
    [["/bin/bash", "-ec", "sleep 1m"], 60],
    [["sh", "-c", "sleep 5 && /bin/true && sleep 10"], 15],
    [["sh", "-c", 'sleep "2.25s"'], 2.25],
    [["python", "-c", "import time; time.sleep(15)"], 15],
    [["sh", "-c", "nginx -s quit; sleep 15"], 0],
    [["sh", "-c", "kill -TERM 1 && sleep 15"], 0],
    [["sh", "-c", "sleep 3; pkill java; sleep 15"], 3],
    [["true"], 0],
    [["sh", "-c", "sleep  20"], 20],
    [["python3.11", "-c", "time.sleep (1.25 )"], 1.25],
    [["sh", "-c", "if true; then sleep 5; fi"], 5],
    [["sh", "-c", "exec  sleep 20"], 20],
    [["sh", "-c"], 0],
  ] as const)("%j waits %d s", (command, seconds) => {
    expect(running(...command)).toEqual(known(seconds));
  });

  it.each([
    [{ httpGet: { path: "/drain", port: 8080 } }, 0],
    [{ exec: {} }, 0],
    [{ exec: { command: ["/wait-shutdown"] } }, 0],
    [{ exec: { command: ["sh", "-c", "sleep 5; /app/drain.sh; sleep 10"] } }, 15],
    [{ exec: { command: ["sh", "-c", "while killall -0 nginx; do sleep 1; done; sleep 4"] } }, 4],
    [{ exec: { command: ["sh", "-c", "while true; do touch /tmp/done; sleep 5; done; sleep 3"] } }, 3],
    [{ exec: { command: ["/app/finish", "-c", "sleep 5"] } }, 0],
    [{ exec: { command: ["shutdown", "-c", "sleep 5"] } }, 0],
    [{ exec: { command: ["sh", "run-c", "sleep 5"] } }, 0],
    [{ exec: { command: ["bash", "-cautious", "sleep 5"] } }, 0],
    [{ exec: { command: ["sh", "/app/drain.sh"] } }, 0],
    [{ exec: { command: ["asleep 5"] } }, 0],
    [{ exec: { command: ["sleep", "x"] } }, 0],
  ] as const)("%j waits %d s or longer", (hook, seconds) => {
    expect(waits(hook)).toEqual({ seconds, open: true });
  });

  it.each(["/quitquitquit", "/quit", "/actuator/shutdown", "/stop?now", "/exit/"])("ends the process at %s", (path) => {
    expect(waits({ httpGet: { path, port: 8080 } })).toEqual(known(0));
  });

  it.each([
    [{ httpGet: { path: "/drain?seconds=15", port: 8080 } }, true],
    [{ exec: { command: ["/wait-shutdown"] } }, true],
    [{ exec: { command: ["/app/notify"] } }, false],
    [{ httpGet: { path: "/quitquitquit", port: 15020 } }, false],
    [{ sleep: { seconds: 15 } }, false],
    [undefined, false],
  ] as const)("%j waits by its own word: %j", (preStop, word) => {
    expect(waitsByName(new Field({ lifecycle: { preStop } }, "c"))).toBe(word);
  });

  it("adds up sleeps in any order and through any separator, until something stops the process", () => {
    const separator = fc.constantFrom("; ", " && ", " || ", "\n");
    const sleeps = fc.array(fc.tuple(fc.nat({ max: 600 }), separator), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sleeps, fc.nat({ max: 600 }), (parts, late) => {
        const script = parts.map(([seconds, end]) => `sleep ${seconds}${end}`).join("");
        const sum = parts.reduce((total, [seconds]) => total + seconds, 0);
        expect(waitOf(`${script}nginx -s quit; sleep ${late}`)).toEqual(known(sum));
      }),
    );
  });
});
