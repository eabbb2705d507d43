/** Turns rules into policies of the Pulumi policy SDK. */
import { Secret } from "@pulumi/policy";
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import { auditAnnotations, auditExemptions } from "./audit";
import { DeclaredInputs } from "../reading/declared-inputs";
import { isUnreadable } from "../reading/field";
import { insisting, message, type Finding, violation } from "../finding/finding";
import { metadata } from "./metadata";
import { resolveNamespaces } from "../reading/unknown-namespaces";
import { type Options, Resource, type ResourceInput, Stack, unpack } from "../reading/resource";
import {
  type Assignment,
  concerns,
  type Context,
  type ErasedResourceRule,
  type ErasedStackRule,
  type Rule,
} from "./rule";
import { commonSettings, runResources, runStack } from "./run";
import { resolve } from "./settings";
import { withoutZeroValues } from "../reading/provider-outputs";
import { typeOfToken, types } from "../reading/types";
import { isRecord } from "../reading/value";

/** Facts about the run, from the process of the pack. */
export interface Host {
  /** Whether the engine is in a preview. */
  readonly preview: () => boolean;
  readonly now: () => Date;
  /** Whether the stack is being taken down. */
  readonly teardown: () => boolean;
  /** Whether clusters are created by whoever runs Pulumi. */
  readonly callerCreates: () => boolean;
  /** AWS account of the stack, where its configuration names one. */
  readonly account: () => string | undefined;
  /** Whether the stack lives in the simulated account. */
  readonly sandbox: () => boolean;
}

/** State of one run of the pack between calls. */
interface Run {
  /** `getConfig` of each rule, which the SDK gives only inside of a call. */
  readonly configs: Map<string, () => unknown>;
  readonly declared: DeclaredInputs;
}

/** The SDK's reporter takes an object too, which alone can lower the level of one report (policy server.js, makeReportViolationFun). */
type Reporter = (report: {
  readonly message: string;
  readonly urn: string;
  readonly enforcementLevel?: "advisory";
  readonly severity?: Severity;
}) => void;

/** The SDK wraps properties in proxies that throw on unknown values; this key leads to what they wrap (policy proxy.js). */
const wrapped = "__getSpecialProxyTarget";

/** The properties with sentinels for unknown values, so that a rule reports those by path instead of failing. */
function unwrap(props: Readonly<Record<string, unknown>>): unknown {
  const inner = props["__isSpecialProxy"] === true ? props[wrapped] : undefined;
  return isRecord(inner) ? unwrap(inner) : props;
}

/** A copy for a remediation, whose properties hold secrets as objects behind a second proxy that breaks `Array.map`. */
function copyOf(value: unknown): unknown {
  if (value instanceof Secret) return copyOf(value.value);
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyOf(member)]));
}

/** The policies of the rules, and last the one that checks their exemptions: every rule has been called then. */
export function toPolicies(
  rules: readonly Rule[],
  host: Host,
): readonly (ResourceValidationPolicy | StackValidationPolicy)[] {
  const run: Run = { configs: new Map(), declared: new DeclaredInputs() };
  const policies = rules.map((rule) =>
    rule.scope === "resource" ? resourcePolicy(rule, host, run) : stackPolicy(rule, host, run),
  );
  return [...policies, exemptionPolicy(rules, host, run)];
}

/** Name of the policy about exemptions. */
const exemptionsCurrent = "exemptions-current";

function exemptionPolicy(rules: readonly Rule[], host: Host, run: Run): StackValidationPolicy {
  return {
    name: exemptionsCurrent,
    description: "An exemption that is invalid, has expired, or matches nothing in this stack.",
    enforcementLevel: "mandatory",
    validateStack: (args, report) => {
      const stack = stackOf(args.resources, host, run);
      const [self] = stack.of(types.stack);
      const owner = self ?? new Resource({ type: types.stack, name: "the stack", props: {} });
      const context = contextOf(host, args.stackTags);
      for (const rule of rules)
        for (const problem of auditExemptions(rule, stack, run.configs.get(rule.id)?.(), context))
          report(message(violation(owner, problem)), owner.urn);
      const configOf = (rule: Rule): unknown => run.configs.get(rule.id)?.();
      for (const finding of auditAnnotations(rules, stack, configOf, context))
        report(message(finding), finding.resource.urn);
    },
  };
}

function stackOf(resources: readonly PolicyResource[], host: Host, run: Run): Stack {
  const inputs = resources.map((resource) => stackInputOf(resource, host, run));
  return new Stack((host.preview() ? resolveNamespaces(inputs) : inputs).flatMap(unpack));
}

function common(rule: Rule): Omit<ResourceValidationPolicy, "validateResource" | "remediateResource"> {
  const all = { ...rule.settings, ...commonSettings };
  const properties = Object.fromEntries(Object.entries(all).map(([name, setting]) => [name, setting.schema]));
  return { ...metadata(rule), configSchema: { properties } };
}

function resourcePolicy(rule: ErasedResourceRule, host: Host, { configs, declared }: Run): ResourceValidationPolicy {
  const validateResource = (args: ResourceValidationArgs, report: unknown): void => {
    configs.set(rule.id, args.getConfig);
    if (!mayConcern(rule, args.type)) return;
    if (host.preview()) declared.keep(args.type, args.urn, unwrap(args.props));
    const context = contextOf(host, args.stackTags);
    const findings = runResources(rule, unpack(inputOf(args)), args.getConfig(), context);
    reportAll(rule, findings, report as Reporter, context);
  };
  return {
    ...common(rule),
    validateResource,
    ...(rule.remedy === undefined ? {} : { remediateResource: remediation(rule, host) }),
  };
}

/** Whether a List may contain resources of the rule: its items are of any kind. */
function mayConcern(rule: ErasedResourceRule, type: string): boolean {
  return concerns(rule, typeOfToken(type)) || (type.startsWith("kubernetes:") && type.endsWith("List"));
}

/**
 * Sets only the properties of the remedy: to spread all of them would read them, so that a single unknown one would
 * disable the remediation for the whole preview.
 */
function remediation(rule: ErasedResourceRule, host: Host): NonNullable<ResourceValidationPolicy["remediateResource"]> {
  return (args) => {
    if (!concerns(rule, typeOfToken(args.type))) return undefined;
    const resource = new Resource({ ...inputOf(args), props: copyOf(unwrap(args.props)) });
    const change = remedyOf(rule, resource, args.getConfig(), contextOf(host, args.stackTags));
    if (change.length === 0) return undefined;
    for (const assignment of change) assign(args.props, assignment);
    return args.props;
  };
}

/** Sets values through the SDK's proxies, which keep a replaced secret secret. */
function assign(props: Record<string, unknown>, { path, value }: Assignment): void {
  const [key = "", ...rest] = path;
  if (rest.length === 0) props[key] = value;
  else if (isRecord(props[key])) assign(props[key] as Record<string, unknown>, { path: rest, value });
  else props[key] = rest.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
}

function remedyOf(
  rule: ErasedResourceRule,
  resource: Resource,
  config: unknown,
  context: Context,
): readonly Assignment[] {
  try {
    const bad = runResources(rule, [resource], config, context).some((finding) => finding.kind === "violation");
    return bad ? (rule.remedy?.(resource, resolve(rule.settings, config) as never) ?? []) : [];
  } catch (error) {
    if (isUnreadable(error)) return []; // The validation that follows reports the path.
    throw error;
  }
}

function stackPolicy(rule: ErasedStackRule, host: Host, run: Run): StackValidationPolicy {
  return {
    ...common(rule),
    validateStack: (args, report) => {
      run.configs.set(rule.id, args.getConfig);
      const context = contextOf(host, args.stackTags);
      const findings = runStack(rule, stackOf(args.resources, host, run), args.getConfig(), context);
      reportAll(rule, findings, report as unknown as Reporter, context);
    },
  };
}

function contextOf(host: Host, stackTags: ReadonlyMap<string, string>): Context {
  const [preview, teardown, sandbox] = [host.preview(), host.teardown(), host.sandbox()];
  const account = host.account();
  const known = account === undefined ? {} : { account };
  return { now: host.now(), preview, teardown, callerCreates: host.callerCreates(), stackTags, sandbox, ...known };
}

function inputOf(args: ResourceValidationArgs): ResourceInput {
  return { type: args.type, name: args.name, urn: args.urn, props: unwrap(args.props), options: optionsOf(args.opts) };
}

function stackInputOf(resource: PolicyResource, host: Host, { declared }: Run): ResourceInput {
  // The real engine lists them in another order each time: sorted, so that equal links are equal.
  const links = Object.entries(resource.propertyDependencies).map(
    ([property, on]) => [property, on.map(({ urn }) => urn).sort()] as const,
  );
  const all = unwrap(resource.props);
  const outputs = resource.type.startsWith("aws:") ? withoutZeroValues(all) : all;
  return {
    type: resource.type,
    name: resource.name,
    urn: resource.urn,
    props: host.preview() ? declared.propsOf(resource.type, resource.urn, outputs) : outputs,
    options: optionsOf(resource.opts),
    links: Object.fromEntries(links),
    dependencies: resource.dependencies.map(({ urn }) => urn),
    parent: resource.parent?.urn,
  };
}

function optionsOf(opts: ResourceValidationArgs["opts"]): Options {
  return { protect: opts.protect, ignoreChanges: opts.ignoreChanges, deleteBeforeReplace: opts.deleteBeforeReplace };
}

const malformedValue = "A value that its property cannot have.";

/** Reports each finding; an unknown value is a notice in a preview, and a violation if it is still unknown in an update. */
function reportAll(rule: Rule, findings: readonly Finding[], report: Reporter, context: Context): void {
  for (const finding of findings) {
    const notYetKnown = finding.kind === "unknown" && context.preview;
    if (notYetKnown && rule.quietAt?.test(finding.at ?? "") === true) continue;
    const notice = notYetKnown || finding.advisory === true;
    // Every rule that reads a malformed value reports the same message, so that a display can fold them into one.
    const why = finding.malformed === true ? malformedValue : rule.forbids;
    report({
      message: `${why}\n${message(context.preview ? finding : insisting(finding))}`,
      urn: finding.resource.urn,
      ...(notice ? { enforcementLevel: "advisory" as const } : {}),
      // Low is the severity of unknown values alone: displays list them apart.
      ...(notYetKnown ? { severity: "low" as const } : {}),
    });
  }
}
