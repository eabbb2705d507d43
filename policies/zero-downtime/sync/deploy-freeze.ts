/** Rule deploy-freeze. */
import { stackTagLimits } from "../../limits/stack-tags";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { coversProject, firstGap } from "../../kit/argo-cd/freeze-cover";
import { add, fix, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { type Context, eachPart, resourceRule } from "../../kit/rule/rule";
import { quantity, rows } from "../../kit/rule/settings";
import { breakGlass } from "../../kit/rule/stack-tags";
import { syncWindowProblems } from "../../kit/argo-cd/sync-window";
import { types } from "../../kit/reading/types";

/** Nothing changes on peak days, unless a break-glass tag of the stack states why. */
export const deployFreeze = resourceRule({
  id: "deploy-freeze",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A real run inside a freeze window, an Argo CD project whose deny windows do not cover one, and a sync window that Argo CD cannot read.",
  prevents: "An outage on a peak day.",
  source: "Argo CD, sync windows; our design: the stack registers first, so this blocks before anything is touched",
  settings: {
    windows: rows(
      ["name", "from", "until"],
      "Freeze windows as instants with a zone, such as 2026-11-27T00:00:00-05:00.",
    ),
    breakGlassHours: quantity(stackTagLimits.breakGlassAtMost, "higher", { minimum: 1 }),
  },
  resourceTypes: [types.stack, types.appProject],
  limits:
    "Reports nothing in a preview. Break-glass tag: pulumi stack tag set fridayproof:break-glass '<instant until which> <reason>'.",
  examples: {
    bad: "pulumi up -s prod   # on the day of the sale",
    good: "pulumi preview -s prod, and the up after the window",
  },
  check: (resource, values, context) =>
    resource.is(types.stack)
      ? checkRun(resource, values, context)
      : checkProject(resource, values.windows, context.now),
});

interface Window {
  readonly name: string;
  readonly from: string;
  readonly until: string;
}

function* checkRun(
  stack: Resource,
  values: { readonly windows: readonly Window[]; readonly breakGlassHours: number },
  context: Context,
): Iterable<Finding> {
  if (context.preview || breakGlass(context, values.breakGlassHours) !== undefined) return;
  for (const window of values.windows) {
    const [from, until] = [Date.parse(window.from), Date.parse(window.until)];
    const now = context.now.getTime();
    // A window that cannot be read closes: an unreadable calendar must not open production.
    if (Number.isNaN(from) || Number.isNaN(until) ? false : now < from || now >= until) continue;
    yield violation(stack, {
      got: `a real run inside the freeze "${window.name}" (${window.from} to ${window.until})`,
      expected: "no run until it ends",
      fix: "wait, or set the stack tag fridayproof:break-glass to an instant and a reason, a ticket or a sentence",
    });
  }
}

function* checkProject(project: Resource, windows: readonly Window[], now: Date): Iterable<Finding> {
  yield* checkWindows(project);
  const field = project.at("spec", "syncWindows");
  const destinations = project.at("spec", "destinations").list();
  const denying = field.list().filter((window) => window.at("kind").text() === "deny");
  const covering = denying.filter((window) => coversProject(window, destinations));
  // Only windows that are not over need a counterpart in Argo CD; one that cannot be read closes.
  const open = windows.flatMap((window) => {
    const stretch = { from: Math.max(Date.parse(window.from), now.getTime()), until: Date.parse(window.until) };
    if (stretch.until <= now.getTime()) return [];
    const gap = Number.isNaN(stretch.from + stretch.until) ? undefined : firstGap(covering, stretch);
    return covering.length > 0 && gap === undefined ? [] : [{ ...window, gap }];
  });
  for (const { name, gap } of open) {
    const got =
      denying.length === 0
        ? "no deny window"
        : covering.length === 0
          ? "deny windows that leave out applications of the project"
          : `deny windows that leave "${name}" open at ${new Date(gap ?? now).toISOString()}`;
    yield violation(project, { at: field.path, got, expected: "the freeze calendar", fix: closed(field, open) });
    return;
  }
}

const minute = 60_000;
const minutesPerHour = 60;

/** The calendar's windows as Argo CD's own, in UTC. */
function closed(field: Field, windows: readonly Window[]): Finding["fix"] {
  const instants = windows.map(({ from, until }) => ({ from: Date.parse(from), until: Date.parse(until) }));
  if (instants.some(({ from, until }) => Number.isNaN(from + until)))
    return "write the calendar's instants with their zone, such as 2026-11-27T00:00:00-05:00, and render it into spec.syncWindows";
  const denials = instants.map(({ from, until }) => {
    const start = new Date(from);
    const minutes = Math.ceil((until - Math.floor(from / minute) * minute) / minute);
    const schedule = `${start.getUTCMinutes()} ${start.getUTCHours()} ${start.getUTCDate()} ${start.getUTCMonth() + 1} *`;
    const duration = `${Math.floor(minutes / minutesPerHour)}h${minutes % minutesPerHour}m`;
    return add(field, { kind: "deny", schedule, duration, timeZone: "UTC", applications: ["*"] });
  });
  return fix`${together(denials)}, as the calendar is rendered`;
}

/** Windows that Argo CD cannot read, or that never open. */
function* checkWindows(project: Resource): Iterable<Finding> {
  yield* eachPart(project, project.at("spec", "syncWindows").list(), function* (window) {
    const text = (field: string): string | undefined => window.at(field).text();
    const problems = syncWindowProblems({
      kind: text("kind"),
      schedule: text("schedule"),
      duration: text("duration"),
      timeZone: text("timeZone"),
      description: text("description"),
    });
    for (const { field, got, expected, fix: words, meant } of problems) {
      const fix = meant === undefined ? words : set(window.at(field), meant);
      yield violation(project, { at: window.at(field).path, got: shownValue(got), expected, fix });
    }
    if (["applications", "namespaces", "clusters"].some((key) => window.at(key).list().length > 0)) return;
    yield violation(project, {
      at: window.path,
      got: "a window for no application, namespace or cluster",
      expected: "a window that is about something",
      fix: set(window.at("applications"), ["*"]),
    });
  });
}

/** Forms of what a window may hold that cannot be a secret: cron fields, a number with a unit, a zone of some continent. */
const harmless: readonly RegExp[] = [
  /^[\d*,/? -]{1,60}$/,
  /^[\d*,/? -]*\b(mon|tue|wed|thu|fri|sat|sun)\b[\d*,/? -]*$/i,
  /^\d{1,6} ?[a-z]{1,10}$/,
  /^@[a-z]{1,12}$/,
  /^(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)\/[A-Za-z_]{1,30}$/,
];

function shownValue(value: string): string {
  if (value === "") return "nothing";
  return harmless.some((form) => form.test(value)) ? value : "a text";
}
