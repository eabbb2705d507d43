/** Commands of containers and probes: whether their exit code can be other than 0. */

/** Commands that succeed whatever happened before them. */
const trivial = /^(\/(usr\/)?bin\/)?(true|:|echo(\s.*)?|exit\s+0|test\s+1)$/;
/** Filters: commands that copy their input, and succeed with an empty one. */
const sink = /^(\/(usr\/)?bin\/)?(tee|cat|sort|uniq|head|tail|wc|sed|tr|cut|column|fold|nl)(\s|$)/;

/** Whether the command always succeeds; without a command the image's own runs, which may fail. */
export function cannotFail(command: readonly string[]): boolean {
  const script = scriptOf(command);
  if (script === undefined) return trivial.test(command.join(" "));
  const all = statementsIn(script.text);
  const deciding = script.stops ? all : all.slice(-1);
  return deciding.length > 0 && !deciding.some((statement) => mayFail(statement, script.text.includes("pipefail")));
}

/** Whether the exit code is that of a curl without `--fail`, which succeeds on 4xx and 5xx. */
export function acceptsAnyStatus(command: readonly string[]): boolean {
  const script = scriptOf(command);
  const last = script === undefined ? command.join(" ") : (statementsIn(script.text).at(-1) ?? "");
  if (!/^(\/(usr\/)?bin\/)?curl\s/.test(last) || /[|&<>]|\$\(/.test(last)) return false;
  return !/\s(-[a-zA-Z]*f|--fail)/.test(last);
}

interface Script {
  readonly text: string;
  /** Whether the first failure ends it (`set -e`). */
  readonly stops: boolean;
}

/** The script of a shell's `-c`. */
function scriptOf(command: readonly string[]): Script | undefined {
  const [, flag = "", text] = command;
  if (!/^-\w*c$/.test(flag) || text === undefined) return undefined;
  return { text, stops: flag.includes("e") || /(^|[;\n]\s*)set\s+-\w*e/.test(text) };
}

function statementsIn(script: string): readonly string[] {
  return script
    .split(/;|\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "" && !/^set\s+[-+]/.test(statement));
}

/** `a || b` fails if all fail, `a && b` if one fails, `a | b` if the last one fails, or any with pipefail. */
function mayFail(statement: string, everyPart: boolean): boolean {
  return statement.split("||").every((alternative) =>
    alternative.split("&&").some((part) => {
      const pipe = part.split("|").map((command) => command.trim());
      const failing = pipe.map((command, position) => !trivial.test(command) && !(position > 0 && sink.test(command)));
      return everyPart ? failing.includes(true) : failing.at(-1) === true;
    }),
  );
}

/** The process itself, however it is called. */
const own = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|0\.0\.0\.0|\$.*|\/.*)$/;
/** Forms of a host in the arguments of clients. */
const otherHosts: readonly RegExp[] = [
  /\bhttps?:\/\/(\[[^\]]+\]|[^/:\s"'?]+)/,
  /\b(?:pg_isready|psql|redis-cli|valkey-cli|mysql|mysqladmin|mariadb-admin|mongosh?)\b[^|;&]*?\s(?:-h|--host)[ =]?["']?([^\s"';|&]+)/,
  /\bn(?:c|cat|etcat)\s(?:[^|;&]*\s)?["']?((?!-)[\w.$:[\]-]*[A-Za-z.][\w.$:[\]-]*)["']?\s+\d+/,
];

/** Whether the command calls another host than the process's own. */
export function callsOtherHost(command: readonly string[]): boolean {
  const text = scriptOf(command)?.text ?? command.join(" ");
  return otherHosts.some((pattern) => {
    const [, host] = pattern.exec(text) ?? [];
    return host !== undefined && !own.test(host);
  });
}
