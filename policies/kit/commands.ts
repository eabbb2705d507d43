/** Commands of containers and probes: whether they can fail, as a shell counts. */

/** Commands that succeed whatever happened before them. */
const trivial = /^(\/(usr\/)?bin\/)?(true|:|echo(\s.*)?|exit\s+0|test\s+1)$/;
/** Commands that pass on what comes through a pipe, and succeed without any. */
const sink = /^(\/(usr\/)?bin\/)?(tee|cat|sort|uniq|head|tail|wc|sed|tr|cut|column|fold|nl)(\s|$)/;

/** Whether the command succeeds whatever it finds; none at all is the image's own, which may fail. */
export function cannotFail(command: readonly string[]): boolean {
  const script = scriptOf(command);
  if (script === undefined) return trivial.test(command.join(" "));
  const all = statementsIn(script.text);
  const deciding = script.stops ? all : all.slice(-1);
  return deciding.length > 0 && !deciding.some((statement) => mayFail(statement, script.text.includes("pipefail")));
}

/** Whether what decides asks by curl and takes an answer of any status for a good one: curl fails on 4xx and 5xx only when told. */
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

/** What a shell is told to run by `-c`. */
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

/** Of alternatives each one has to fail, of a chain any one, of a pipe the last one, or any where the shell is told so. */
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
/** How clients name the host that they ask. */
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
