/** Cases of the rules about the entrance, nodes and freezes. */
import { unknownSentinels } from "../../../policies/kit/value";
import { deployFreeze } from "../../../policies/zero-downtime/deploy-freeze";
import { flagLifecycle } from "../../../policies/zero-downtime/flag-lifecycle";
import { albDeletionProtection, tgDeregistration, tgHealthCheck } from "../../../policies/zero-downtime/load-balancer";
import { readinessGateLabel } from "../../../policies/zero-downtime/readiness-gate-label";
import { balancer, but, from, targetGroup } from "../support/fixtures";
import type { Case, Given } from "../support/rule";
import { given, object, under, type Spec } from "../support/spec";

const [UNKNOWN] = unknownSentinels;
const gateLabel = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };
const ingress = object("core/v1:Namespace", "istio-ingress", {
  metadata: { name: "istio-ingress", labels: gateLabel },
});
const other = object("core/v1:Namespace", "other", {});
const binding = object("elbv2.k8s.aws/v1beta1:TargetGroupBinding", "blue", {
  metadata: { name: "blue", namespace: "istio-ingress" },
});
const flags = (content: unknown): Given => ({
  type: "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion",
  name: "flags",
  props: { contentType: "application/json", content: JSON.stringify(content) },
});
const checkout = { enabled: true, owner: "payments", removeBy: "2027-03-01" };
const flagSet = (values: Readonly<Record<string, unknown>>): unknown => ({
  version: "1",
  flags: { checkout: { name: "checkout" } },
  values: { checkout: values },
});
const stack: Given = { type: "pulumi:pulumi:Stack", name: "fridayproof-prod", props: {} };
const project = object("argoproj.io/v1alpha1:AppProject", "shop", {
  spec: { syncWindows: [{ kind: "deny", schedule: "0 0 27 11 *", duration: "24h" }] },
});
const syncing = (changes: object): Given =>
  but(project, { "spec.syncWindows": [{ kind: "deny", schedule: "0 0 27 11 *", duration: "24h", ...changes }] });
const window = { name: "sale", from: "2026-11-21T00:00:00Z", until: "2026-11-22T00:00:00Z" };
const tagged = (value: string, base: Case): Case => ({
  ...base,
  context: { stackTags: new Map([["fridayproof:break-glass", value]]) },
});
const frozen = under({ windows: [window] }, stack);

/** Cases of the rules about the entrance, nodes and freezes. */
export const entranceSpecs: readonly Spec[] = [
  {
    rule: albDeletionProtection,
    good: {
      protected: given(balancer),
      "being taken down": { ...given(but(balancer, { enableDeletionProtection: false })), context: { teardown: true } },
    },
    bad: {
      "unset under the alb token": given({
        ...but(balancer, { enableDeletionProtection: undefined }),
        type: "aws:alb/loadBalancer:LoadBalancer",
      }),
      off: given(but(balancer, { enableDeletionProtection: false })),
    },
  },
  {
    rule: tgHealthCheck,
    good: {
      "every 5 s": given(targetGroup),
      "a function": given({ ...targetGroup, props: { targetType: "lambda" } }),
      "a connection of a network load balancer": given(
        but(targetGroup, { protocol: "TCP", healthCheck: { protocol: "tcp", port: "15021", interval: 10 } }),
      ),
      "redirects count": given(but(targetGroup, { "healthCheck.matcher": "200,204,301-302,399" })),
      "gRPC that answers, or knows no such method": given(
        but(targetGroup, { protocolVersion: "gRPC", "healthCheck.matcher": "0,12" }),
      ),
      "noticed just in time": given(
        but(targetGroup, { "healthCheck.unhealthyThreshold": 9, "healthCheck.healthyThreshold": 15 }),
      ),
    },
    bad: {
      "an error counts as health": given(but(targetGroup, { "healthCheck.matcher": "200-499" })),
      "only errors count": given(but(targetGroup, { "healthCheck.matcher": "404" })),
      "any answer of gRPC": given(
        but(targetGroup, { protocolVersion: "GRPC", "healthCheck.matcher": "0-99" }),
        but(targetGroup, { protocolVersion: "GRPC", "healthCheck.matcher": "5" }),
      ),
      "a dead target stays": given(but(targetGroup, { "healthCheck.unhealthyThreshold": 10 })),
      "a new target waits": given(but(targetGroup, { "healthCheck.healthyThreshold": 16 })),
      "a connection of an application load balancer": given(
        but(targetGroup, { protocol: "HTTP", healthCheck: { protocol: "TCP", interval: 10 } }),
      ),
      "no path beside a web check": given(
        but(targetGroup, { protocol: "TCP", healthCheck: { protocol: "HTTP", interval: 10 } }),
      ),
      unset: given(but(targetGroup, { healthCheck: undefined })),
      "every 30 s": given(but(targetGroup, { "healthCheck.interval": 30 })),
      "as long as the interval": given(but(targetGroup, { "healthCheck.timeout": 5 })),
      "the default timeout is too long": given(but(targetGroup, { "healthCheck.timeout": undefined })),
      "no path": given(but(targetGroup, { "healthCheck.path": undefined })),
      "not a path": given(but(targetGroup, { "healthCheck.path": "" })),
      off: given(but(targetGroup, { "healthCheck.enabled": false })),
    },
  },
  {
    rule: tgDeregistration,
    good: {
      "30 s": given(targetGroup),
      "a function": given({ ...targetGroup, props: { targetType: "lambda" } }),
      "15 s": given(but(targetGroup, { deregistrationDelay: 15 })),
      "120 s": given(but(targetGroup, { deregistrationDelay: 120 })),
    },
    bad: {
      unset: given(but(targetGroup, { deregistrationDelay: undefined })),
      "too brief": given(but(targetGroup, { deregistrationDelay: "14" })),
      "too long": given(but(targetGroup, { deregistrationDelay: 121 })),
    },
  },
  {
    rule: readinessGateLabel,
    good: {
      "labelled by name": given(binding, ingress),
      "labelled by link": given({ ...binding, links: { metadata: from(ingress) } }, ingress),
      "labelled by link, where a preview hides the name": given(
        { ...but(binding, { "metadata.namespace": UNKNOWN }), links: { metadata: from(targetGroup, ingress) } },
        targetGroup,
        but(ingress, { "metadata.name": UNKNOWN }),
      ),
      "labelled by name, beside others": given(
        binding,
        other,
        { ...but(other, { metadata: UNKNOWN }), name: "x" },
        ingress,
      ),
    },
    bad: {
      "no label": given(binding, but(ingress, { "metadata.labels": undefined })),
      "another word": given(
        binding,
        but(ingress, { "metadata.labels": { "elbv2.k8s.aws/pod-readiness-gate-inject": "true" } }),
      ),
      "no such namespace": given(binding),
    },
  },
  {
    rule: flagLifecycle,
    good: {
      "owned and dated": given(flags(flagSet(checkout))),
      "no flags": given(flags({ limit: 3 })),
      "on its last day": { ...given(flags(flagSet(checkout))), settings: { asOf: "2027-03-01" } },
    },
    bad: {
      "no owner": given(flags(flagSet({ ...checkout, owner: " " }))),
      "no date": given(flags(flagSet({ ...checkout, removeBy: undefined }))),
      "not a day": given(flags(flagSet({ ...checkout, removeBy: "soon" }))),
      "not a day of the calendar": given(flags(flagSet({ ...checkout, removeBy: "2027-13-01" }))),
      "date passed": given(flags(flagSet({ ...checkout, removeBy: "2026-11-20" }))),
      "no JSON": given({ ...flags({}), props: { content: "flags:" } }),
      "date passed as of a later day": { ...given(flags(flagSet(checkout))), settings: { asOf: "2027-03-02" } },
      "an owner who is not named": given(flags(flagSet({ ...checkout, owner: undefined }))),
      "a day of the month that is none": given(flags(flagSet({ ...checkout, removeBy: "2027-02-30" }))),
      "a flag whose name cannot be shown": given(
        flags({ flags: { "Checkout!": {} }, values: { "Checkout!": { removeBy: "2026-11-20" } } }),
      ),
    },
  },
  {
    rule: deployFreeze,
    good: {
      "a project that denies": under({ windows: [window] }, project),
      "outside the window": under({ windows: [{ ...window, until: "2026-11-21T12:00:00Z" }] }, stack),
      "before the window": under({ windows: [{ ...window, from: "2026-11-21T12:00:01Z" }] }, stack),
      "a preview": { ...frozen, context: { preview: true } },
      "a broken glass": tagged("2026-11-21T18:00:00Z INC-7 payment outage", frozen),
      "a window that is over at this instant, no deny needed": under(
        { windows: [{ ...window, until: "2026-11-21T12:00:00Z" }] },
        but(project, { spec: {} }),
      ),
      "a project that denies beside what it allows": under(
        { windows: [window] },
        but(project, { "spec.syncWindows": [{ kind: "allow" }, { kind: "deny" }] }),
      ),
      "no window to come, no deny needed": under(
        { windows: [{ ...window, until: "2026-11-20T00:00:00Z" }] },
        but(project, { spec: {} }),
      ),
    },
    bad: {
      "a sync window at hour 24": under({ windows: [window] }, syncing({ schedule: "0 7-24 * * *" })),
      "a sync window in a zone that does not exist": under(
        { windows: [window] },
        syncing({ timeZone: "Europe/Amsterdamm" }),
      ),
      "a sync window that lasts days": under({ windows: [window] }, syncing({ duration: "2 days" })),
      "a sync window on 30 February": under({ windows: [window] }, syncing({ schedule: "0 0 30 2 *" })),
      "a sync window whose description Argo CD refuses": under(
        { windows: [window] },
        syncing({ description: "x".repeat(256) }),
      ),
      "a real run inside": frozen,
      "the first instant": under({ windows: [{ ...window, from: "2026-11-21T12:00:00Z" }] }, stack),
      "an end that cannot be read": under({ windows: [{ ...window, until: "monday" }] }, stack),
      "a start that cannot be read, of a window that is over": under(
        { windows: [{ ...window, from: "friday", until: "2026-11-20T00:00:00Z" }] },
        stack,
      ),
      "one window over and one to come, no deny": under(
        { windows: [{ ...window, until: "2026-11-20T00:00:00Z" }, window] },
        but(project, { spec: {} }),
      ),
      "a broken glass without reason": tagged("2026-11-21T18:00:00Z", frozen),
      "a broken glass of yesterday": tagged("2026-11-20T18:00:00Z INC-7", frozen),
      "a glass broken for a week": tagged("2026-11-28T18:00:00Z INC-7", frozen),
      "a calendar that cannot be read": under({ windows: [{ ...window, from: "friday" }] }, stack),
      "a project without deny": under({ windows: [window] }, but(project, { "spec.syncWindows": [{ kind: "allow" }] })),
    },
  },
];
