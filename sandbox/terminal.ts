/** The terminal's output: a run while it goes on, and lists. */
export { LiveBlock } from "./display/live";
export { RunDisplay } from "./display/run-display";
export { wrap as wrapText } from "./display/plan/layout";
export { joinedNames } from "./display/plan/resource";
export { ruleDetailLines, ruleLines } from "./display/rules";
export { minuteText } from "./display/text/moment";
export { terminalOn, type Terminal } from "./display/text/terminal";
export { outputJson, outputLines } from "./display/values";
