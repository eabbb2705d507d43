/** Wait of a preStop hook before the process gets its signal: its own seconds, or those of the commands that it runs. */
import { parseSeconds } from "../reading/amount";
import type { Field } from "../reading/field";

/** Wait of a hook, as far as it is known. */
export interface Wait {
  /** Seconds that it waits at least while the process still listens. */
  readonly seconds: number;
  /** Whether it may wait longer: the time of an endpoint or a script is not declared. */
  readonly open: boolean;
}

/** Commands after which the process no longer listens: a wait after them is too late. */
const stops = /^(nginx\s.*-s\s+(quit|stop)|apachectl\s|httpd\s.*-k|kill\b|pkill\b|killall\s+(?!-0)|haproxy\s.*-sf)/;
/** Commands that take no time. */
const instant =
  /^(true|:|echo\b|touch\b|rm\b|mkdir\b|cp\b|mv\b|test\b|\[\s|exit\b|sync\b|cat\b|export\b|set\b|date\b|logger\b|import\b|from\b|require\b)/;
const loop = /^(while|until|for)\b/;
const inner = /^(do|then|else|if|done|fi)\b\s*/;

/** The wait of the owner's preStop hook; undefined without a hook.
 * @throws UnknownRead @throws MalformedRead */
export function preStopWait(owner: Field): Wait | undefined {
  const hook = owner.at("lifecycle", "preStop");
  if (!hook.members().some(([, handler]) => handler.isSet())) return undefined;
  const sleep = hook.at("sleep", "seconds").number();
  if (sleep !== undefined) return { seconds: sleep, open: false };
  const command = hook.at("exec", "command").texts();
  if (command.length > 0) return waitOf(scriptOf(command));
  return { seconds: 0, open: !quits.test(hook.at("httpGet", "path").textOrEmpty()) };
}

/** Endpoints that end a process. */
const quits = /\/(quit(quit)*|exit|kill|stop|shutdown|terminate)\/?(\?|$)/;
/** Names of scripts that wait. */
const waitNames = /wait|drain|sleep|delay|graceful|deregister|lame-?duck/;

/**
 * Whether the hook waits by its name: an endpoint of the application responds when it has finished, and a script
 * has the name of what it does.
 */
export function waitsByName(owner: Field): boolean {
  const hook = owner.at("lifecycle", "preStop");
  if (preStopWait(owner)?.open !== true) return false;
  return hook.at("httpGet").isSet() || waitNames.test(hook.at("exec", "command").texts().join(" "));
}

/** The script that a shell or another interpreter runs, or the command itself. */
function scriptOf(command: readonly string[]): string {
  const [program = "", ...words] = command;
  const script = words.findIndex((word) => /^-[a-z]*[ce]$/.test(word)) + 1;
  const isInterpreter = /(^|\/)((ba|da|a|z|k)?sh|python[\d.]*|ruby|perl|node)$/.test(program);
  return isInterpreter && script > 0 ? (words[script] ?? "") : command.join(" ");
}

/** Adds up what each command of a script waits, until one stops the process. */
export function waitOf(script: string): Wait {
  let [seconds, open, looping] = [0, false, false];
  for (const raw of script.split(/;|&&|\|\||\n/)) {
    const command = raw
      .trim()
      .replace(inner, "")
      .replace(/^(exec|sudo|nohup)\s+/, "")
      .replace(/^\/(usr\/)?s?bin\//, "");
    if (/^done\b/.test(raw.trim())) looping = false;
    if (command === "") continue;
    if (loop.test(command)) [looping, open] = [true, true];
    else if (stops.test(command)) return { seconds, open: false };
    else if (looping) continue;
    else {
      const known = secondsOfCommand(command);
      seconds += known ?? 0;
      open ||= known === undefined;
    }
  }
  return { seconds, open };
}

/** Seconds of one command; undefined where they are not known. */
function secondsOfCommand(command: string): number | undefined {
  const sleep = /^['"]?sleep\s+['"]?(\d+(?:\.\d+)?(?:s|m|h)?)/.exec(command)?.[1];
  if (sleep !== undefined) return parseSeconds(sleep);
  const called = [...command.matchAll(/\b(?:time\.sleep|Kernel\.sleep|sleep)\s*\(\s*(\d+(?:\.\d+)?)\s*\)/g)];
  if (called.length > 0) return called.reduce((sum, [, amount]) => sum + Number(amount), 0);
  return instant.test(command) ? 0 : undefined;
}
