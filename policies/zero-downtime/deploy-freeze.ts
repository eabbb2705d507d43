/** Rule deploy-freeze. */
import { policyLimits } from "../limits/policies";
import { type Finding, violation } from "../kit/finding";
import { coversProject, firstGap } from "../kit/freeze-cover";
import type { Resource } from "../kit/resource";
import { type Context, eachPart, resourceRule } from "../kit/rule";
import { quantity, rows } from "../kit/settings";
import { breakGlass } from "../kit/stack-tags";
import { syncWindowFaults } from "../kit/sync-window";
import { types } from "../kit/types";

/** Nothing changes on peak days, unless someone breaks the glass and says why. */
export const deployFreeze = resourceRule({
  id: "deploy-freeze",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A real run inside a freeze window, an Argo CD project whose deny windows do not cover one, and a sync window that Argo CD cannot read.",
  prevents: "An outage on the day that earns the year.",
  source: "Argo CD, sync windows; our design: the stack registers first, so this blocks before anything is touched",
  settings: {
    windows: rows(
      ["name", "from", "until"],
      "Freeze windows as instants with a zone, such as 2026-11-27T00:00:00-05:00.",
    ),
    breakGlassHours: quantity(policyLimits.breakGlassAtMost, "higher", { minimum: 1 }),
  },
  kinds: [types.stack, types.appProject],
  limits:
    "Never speaks in a preview. Breaking the glass: pulumi stack tag set fridayproof:break-glass '<instant until which> <reason>'.",
  examples: {
    bad: "pulumi up -s prod   # on the day of the sale",
    good: "pulumi preview -s prod, and the up after the window",
  },
  check: (resource, values, context) =>
    resource.is(types.stack)
      ? judgeRun(resource, values, context)
      : judgeProject(resource, values.windows, context.now),
});

interface Window {
  readonly name: string;
  readonly from: string;
  readonly until: string;
}

function* judgeRun(
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
      wanted: "no run until it ends",
      fix: "wait, or set the stack tag fridayproof:break-glass to an instant and a reason, a ticket or a sentence",
    });
  }
}

function* judgeProject(project: Resource, windows: readonly Window[], now: Date): Iterable<Finding> {
  yield* judgeWindows(project);
  const field = project.at("spec", "syncWindows");
  const destinations = project.at("spec", "destinations").list();
  const denying = field.list().filter((window) => window.at("kind").text() === "deny");
  const covering = denying.filter((window) => coversProject(window, destinations));
  const fix =
    "render the calendar into spec.syncWindows with kind: deny, applications: ['*'] and the calendar's timeZone";
  for (const { name, from, until } of windows) {
    // Only windows that are not over need a counterpart in Argo CD; one that cannot be read closes.
    const stretch = { from: Math.max(Date.parse(from), now.getTime()), until: Date.parse(until) };
    if (stretch.until <= now.getTime()) continue;
    const gap = Number.isNaN(stretch.from + stretch.until) ? undefined : firstGap(covering, stretch);
    if (covering.length > 0 && gap === undefined) continue;
    const got =
      denying.length === 0
        ? "no deny window"
        : covering.length === 0
          ? "deny windows that leave out applications of the project"
          : `deny windows that leave "${name}" open at ${new Date(gap ?? now).toISOString()}`;
    yield violation(project, { at: field.path, got, wanted: "the freeze calendar", fix });
    return;
  }
}

/** Windows that Argo CD cannot read, or that never open. */
function* judgeWindows(project: Resource): Iterable<Finding> {
  yield* eachPart(project, project.at("spec", "syncWindows").list(), function* (window) {
    const text = (field: string): string | undefined => window.at(field).text();
    const faults = syncWindowFaults({
      kind: text("kind"),
      schedule: text("schedule"),
      duration: text("duration"),
      timeZone: text("timeZone"),
      description: text("description"),
    });
    for (const { field, got, wanted, fix } of faults)
      yield violation(project, { at: window.at(field).path, got: told(got), wanted, fix });
    if (["applications", "namespaces", "clusters"].some((key) => window.at(key).list().length > 0)) return;
    yield violation(project, {
      at: window.path,
      got: "a window for no application, namespace or cluster",
      wanted: "a window that is about something",
      fix: "set applications: ['*']",
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

function told(value: string): string {
  if (value === "") return "nothing";
  return harmless.some((form) => form.test(value)) ? value : "a text";
}
