/** Rules about Pulumi's resource options: narrow `ignoreChanges`, `protect` on critical resources, refreshed state. */
import { stackTagLimits } from "../limits/stack-tags";
import { installs } from "../kit/network/draining";
import { type Finding, violation } from "../kit/finding/finding";
import { either, fix, option, remove } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { resourceRule } from "../kit/rule/rule";
import { withoutDefault, choice, quantity, rows, text, texts } from "../kit/rule/settings";
import { breakGlass, hoursSince } from "../kit/rule/stack-tags";
import { types } from "../kit/reading/types";

/** Paths that may be ignored, and why. */
const allowed = [
  { type: types.nodeGroup, path: "scalingConfig.desiredSize", reason: "the Cluster Autoscaler owns it" },
  { type: types.cluster, path: "accessConfig.bootstrapClusterCreatorAdminPermissions", reason: "set by pulumi-eks" },
  { type: types.cluster, path: "bootstrapSelfManagedAddons", reason: "set by pulumi-eks" },
];

/** `ignoreChanges` lists only single properties, never a whole object. */
export const ignoreChangesAllowlist = resourceRule({
  id: "ignore-changes-allowlist",
  group: "immutability",
  level: "mandatory",
  forbids: "An ignoreChanges path that nobody agreed to.",
  prevents: "A property that drifts for months because the engine ignores it.",
  source: "Pulumi, resource options; our design, components section",
  settings: { more: rows(["type", "path", "reason"], "Further paths that may be ignored, by type token.") },
  resourceTypes: "any",
  examples: { bad: "ignoreChanges: ['scalingConfig']", good: "ignoreChanges: ['scalingConfig.desiredSize']" },
  *check(resource, { more }) {
    const accepted = [...allowed, ...more].filter(({ type }) => type === resource.type || type === resource.token);
    const stated = resource.options.ignoreChanges ?? [];
    const kept = stated.filter((path) => accepted.some((row) => row.path === path));
    for (const path of stated) {
      if (kept.includes(path)) continue;
      yield violation(resource, {
        at: "ignoreChanges",
        got: path,
        expected: accepted.length === 0 ? "no ignored path" : `only ${accepted.map((row) => row.path).join(", ")}`,
        fix: fix`${option("ignoreChanges", kept)}; a path that must be ignored stands with its reason in the setting \`more\``,
      });
    }
  },
});

const always = [
  types.vpc,
  types.subnet,
  types.elasticIp,
  types.cluster,
  types.loadBalancer,
  types.listener,
  types.listenerRule,
  types.targetGroup,
  types.targetGroupBinding,
  types.route53Record,
  types.kmsKey,
  types.hostedZone,
  types.acmCertificate,
  types.databaseCluster,
  types.databaseInstance,
  types.cacheGroup,
  types.table,
];
/** Types that need `protect` when `forceDestroy` or `forceDelete` lets a deletion remove their content. */
const emptied = [types.bucket, types.ecrRepository];
const switches = ["forceDestroy", "forceDelete"] as const;

/** Critical resources have `protect: true`. */
export const protectCritical = resourceRule({
  id: "protect-critical",
  group: "immutability",
  level: "mandatory",
  forbids: "A resource on the serving path, or one that holds data, that the engine may delete or replace.",
  prevents: "One changed property replaces the load balancer, the network or the cluster.",
  source: "Pulumi, protect; our design, components section, protected exactly",
  settings: {
    charts: texts(["gateway", "aws-load-balancer-controller"], "Charts whose releases are protected as well.", "any"),
    off: withoutDefault(choice(false, "Whether the environment protects nothing.", "any")),
  },
  resourceTypes: [...always, ...emptied, types.helmRelease],
  limits: "`--config fridayproof:teardown=true` lifts it for `make destroy`.",
  examples: {
    bad: "new aws.lb.LoadBalancer('web', args)",
    good: "new aws.lb.LoadBalancer('web', args, { protect: true })",
  },
  *check(resource, { charts, off }, { teardown }) {
    if (off || teardown || resource.options.protect === true) return;
    if (resource.is(...emptied)) {
      yield* checkEmptied(resource);
      return;
    }
    if (resource.is(types.helmRelease) && !charts.some((chart) => installs(resource, chart))) return;
    yield violation(resource, {
      at: "protect",
      got: "false",
      expected: "true",
      fix: option("protect", true),
      setting: "off",
    });
  },
});

/** Unprotected content: the next replacement deletes it. */
function* checkEmptied(resource: Resource): Iterable<Finding> {
  for (const field of switches.map((key) => resource.at(key))) {
    if (field.flag() !== true) continue;
    yield violation(resource, {
      at: field.path,
      got: "true without protection",
      expected: "content that a replacement cannot delete",
      fix: either(remove(field), option("protect", true)),
    });
  }
}

const named: Readonly<Record<string, string>> = {
  [types.loadBalancer]: "name",
  [types.targetGroup]: "name",
  [types.nodeGroup]: "nodeGroupName",
};

/** The replacement is created before the old resource is deleted. */
export const noDeleteFirst = resourceRule({
  id: "no-delete-first",
  group: "immutability",
  level: "mandatory",
  forbids: "A load balancer, target group or node group that is deleted before its replacement exists.",
  prevents: "A gap in service for every replacement: a fixed name forces the old one out first.",
  source: "Pulumi, deleteBeforeReplace and auto-naming; terraform-bridge, nameRequiresDeleteBeforeReplace",
  settings: {},
  resourceTypes: [types.loadBalancer, types.targetGroup, types.nodeGroup],
  limits:
    "The engine shows names that Pulumi chose as well: one that ends in a dash and seven hex digits counts as chosen by it.",
  examples: { bad: "new aws.lb.TargetGroup('blue', { name: 'blue' })", good: "new aws.lb.TargetGroup('blue', {})" },
  *check(resource) {
    if (resource.options.deleteBeforeReplace === true) {
      yield violation(resource, {
        at: "deleteBeforeReplace",
        got: "true",
        expected: "false",
        fix: option("deleteBeforeReplace", false),
      });
    }
    const field = resource.at(named[resource.type] ?? "name");
    const name = field.text();
    if (name === undefined || /-[0-9a-f]{7}$/.test(name)) return;
    yield violation(resource, {
      at: field.path,
      got: "a fixed name",
      expected: "one that Pulumi chooses",
      fix: remove(field),
    });
  },
});

const lastClean = "fridayproof:last-clean";
const since = "fridayproof:since";

/** An update starts from a refreshed state. */
export const driftCheckFresh = resourceRule({
  id: "drift-check-fresh",
  group: "immutability",
  level: "advisory",
  forbids: "A run over a stack that nobody has compared with reality for a day.",
  prevents: "An update that undoes, or builds on, what somebody changed by hand.",
  source: "Pulumi policy SDK 1.19, stackTags; our design, the nightly drift check",
  settings: {
    role: text("none", "What this environment is.", ["primary", "replica", "none"]),
    hours: quantity(stackTagLimits.driftCheckAtMost, "higher", { minimum: 1 }),
    breakGlassHours: quantity(stackTagLimits.breakGlassAtMost, "higher", { minimum: 1 }),
  },
  resourceTypes: [types.stack],
  limits: `The nightly workflow writes ${lastClean}, the first update ${since}. Backends without tags (file, S3) record nothing: there the workflow alone gates.`,
  examples: { bad: "last-clean three days ago", good: "last-clean tonight" },
  *check(stack, { role, hours, breakGlassHours }, context) {
    const age = hoursSince(context, since);
    // A new stack was never checked, a replica is built anew, and a break-glass tag states its own reason.
    if (age === undefined || age < hours || role === "replica" || breakGlass(context, breakGlassHours) !== undefined)
      return;
    const clean = hoursSince(context, lastClean);
    if (clean !== undefined && clean >= 0 && clean <= hours) return;
    yield violation(stack, {
      at: `tag ${lastClean}`,
      got: described(clean),
      expected: `a clean check of the last ${hours} h`,
      fix: "run the drift workflow and look at its report",
    });
  },
});

function described(clean: number | undefined): string {
  if (clean === undefined) return "nothing";
  if (Number.isNaN(clean)) return "a text that is no instant";
  return clean < 0 ? "an instant in the future" : `a check ${Math.floor(clean)} h ago`;
}
