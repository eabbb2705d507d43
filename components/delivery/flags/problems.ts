/** What is wrong with flags, before AppConfig or a rule of the policy pack reports it. */
import { type Problem, under } from "../../core/checks";
import { isDay } from "../../core/day";
import { featureFlagLimits } from "../../core/limits/feature-flags";
import { flagDocument } from "./document";
import { type FeatureFlag, type FeatureFlags, flagApplication, flagSegments } from "./flag";

const { flagName, objectName, description, documentSize } = featureFlagLimits;

/** AppConfig's own, with its bound: letters, digits, underscores and dashes, a lower-case letter first. */
const NAME = new RegExp(String.raw`^[a-z][a-zA-Z\d_-]{0,${flagName.value - 1}}$`);
const COUNTRY = /^[A-Z]{2}$/;
/** Whole percents between nobody and everybody. */
const PERCENT = { least: 1, most: 99 };

function textProblems(flag: FeatureFlag): Problem[] {
  const problems: Problem[] = [];
  if (!/[\p{L}\p{N}]/u.test(flag.owner))
    problems.push({ path: "owner", got: flag.owner, allowed: "a team", fix: "Name the team that owns the flag." });
  if (!isDay(flag.removeBy)) {
    const fix = "Name the day until which the flag and its dead branch are gone.";
    problems.push({ path: "removeBy", got: flag.removeBy, allowed: "a day of the calendar, YYYY-MM-DD", fix });
  }
  const { description: text = "" } = flag;
  if (text.length > description.value) {
    const allowed = `up to ${description.value} characters`;
    problems.push({ path: "description", got: `${text.length} characters`, allowed, fix: "Shorten it." });
  }
  if (flag.killed?.trim() === "") {
    const fix = "Give the reason: it is the first question of anyone who finds the flag off.";
    problems.push({ path: "killed", got: flag.killed, allowed: "a reason", fix });
  }
  return problems;
}

function audienceProblems({ segments = [], countries = [], percentage }: FeatureFlag): Problem[] {
  const problems: Problem[] = [];
  for (const [index, segment] of segments.entries()) {
    if (flagSegments.includes(segment)) continue;
    const allowed = flagSegments.join(", ");
    problems.push({ path: `segments[${index}]`, got: segment, allowed, fix: "Take one of them." });
  }
  for (const [index, country] of countries.entries()) {
    if (COUNTRY.test(country)) continue;
    const fix = "Write it as ISO 3166-1 does, such as DE.";
    problems.push({ path: `countries[${index}]`, got: country, allowed: "two capital letters", fix });
  }
  const isShare = (share: number) => Number.isInteger(share) && share >= PERCENT.least && share <= PERCENT.most;
  if (percentage !== undefined && !isShare(percentage)) {
    const allowed = `a whole number from ${PERCENT.least} to ${PERCENT.most}`;
    const fix = "Leave it out for no one; set default to true for everyone.";
    problems.push({ path: "percentage", got: percentage, allowed, fix });
  }
  return problems;
}

/** A flag that is on for everybody cannot be on for some. */
function defaultProblems({ default: on, segments = [], countries = [], percentage }: FeatureFlag): Problem[] {
  const named = segments.length + countries.length > 0 || percentage !== undefined;
  if (!on || !named) return [];
  const allowed = "false where segments, countries or percentage choose whom the flag is on for";
  return [{ path: "default", got: on, allowed, fix: "Set it to false, or leave the others out." }];
}

/** Everything that is wrong with the flags of one application; empty when nothing is. */
export function flagProblems(flags: FeatureFlags): Problem[] {
  const each = Object.entries(flags).flatMap(([name, flag]) => {
    const own = [...textProblems(flag), ...audienceProblems(flag), ...defaultProblems(flag)];
    if (NAME.test(name)) return under(name, own);
    const allowed = `up to ${flagName.value} letters, digits, underscores and dashes, with a lower-case letter first`;
    return [
      { path: name, got: name, allowed, fix: "Rename the flag, here and in the application." },
      ...under(name, own),
    ];
  });
  const size = Buffer.byteLength(JSON.stringify(flagDocument(flags)));
  if (size <= documentSize.value) return each;
  const allowed = `flags of up to ${documentSize.value} bytes together`;
  return [...each, { path: "", got: `${size} bytes`, allowed, fix: "Remove the flags that nothing reads any more." }];
}

/** What is wrong with the flags of an environment's applications, by application. */
export function applicationFlagProblems(
  environment: string,
  applications: Readonly<Record<string, FeatureFlags>>,
): Problem[] {
  return Object.entries(applications).flatMap(([application, flags]) => {
    const name = flagApplication(environment, application);
    const tooLong = name.length > objectName.value;
    const allowed = `a name that leaves "${name}" at most ${objectName.value} characters, which is what AppConfig takes`;
    const length: Problem[] = tooLong
      ? [{ path: application, got: application, allowed, fix: "Shorten the application's name." }]
      : [];
    return [...length, ...under(application, flagProblems(flags))];
  });
}
