/** Feature flags of an application: AWS AppConfig's agent beside it, which polls them and serves them when AWS does not respond. */
import type { Problem } from "../../core/checks";
import { applicationLimits } from "../../core/limits/application";
import { trafficLimits } from "../../core/limits/traffic";
import { duration } from "../../core/units";
import { nonrootUser } from "../analysis-jobs";
import { closedContainer } from "../closed-pod";
import { FLAG_PROFILE, flagApplication } from "../flags/flag";
import type { AppPlatform, AppSpec, FlagSource } from "./spec";

/** Variable with the address of the application's flags. */
const addressVariable = "FLAGS_URL";

/** AppConfig takes more, but the agent's list of what to fetch is separated by colons and commas. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

const port = applicationLimits.flagsPort.value;
const https = trafficLimits.httpsPort.value;

/** Where EKS gives credentials to the pods of a node: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
const credentialsAddress = "169.254.170.23/32";

/** The names under which AppConfig has the flags. */
function sourceOf({ application, profile }: FlagSource, spec: AppSpec, environment: string): Required<FlagSource> {
  return {
    application: application ?? flagApplication(environment, spec.name),
    profile: profile ?? FLAG_PROFILE,
  };
}

/** The environment of the application's own container: where its flags are. */
export function flagVariables(spec: AppSpec, { environment }: AppPlatform) {
  if (spec.flags === undefined) return [];
  const { application, profile } = sourceOf(spec.flags, spec, environment);
  const path = `applications/${application}/environments/${environment}/configurations/${profile}`;
  return [{ name: addressVariable, value: `http://localhost:${port}/${path}` }];
}

/**
 * The agent: a native sidecar, so that it is there before the application polls and stays until it has ended. Without a
 * probe: an agent that cannot reach AWS must not take a pod away that serves.
 */
export function flagAgent(spec: AppSpec, { environment, flagAgentImage }: AppPlatform) {
  if (spec.flags === undefined) return {};
  const { application, profile } = sourceOf(spec.flags, spec, environment);
  const agent = {
    name: "flags",
    image: flagAgentImage,
    restartPolicy: "Always",
    env: [
      { name: "HTTP_PORT", value: String(port) },
      // Its own default is three times as long: a kill would take the better part of a minute.
      { name: "POLL_INTERVAL", value: duration(applicationLimits.flagPoll) },
      { name: "PREFETCH_LIST", value: `${application}:${environment}:${profile}` },
    ],
    resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { memory: "64Mi" } },
    securityContext: { ...closedContainer, runAsUser: nonrootUser, runAsGroup: nonrootUser },
  };
  return { initContainers: [agent] };
}

/** What the agent calls beside AppConfig itself, which the spec names: the node, for credentials. */
export function flagEgress({ flags }: AppSpec) {
  if (flags === undefined) return [];
  const ports = [{ protocol: "TCP", port: trafficLimits.httpPort.value }];
  return [{ to: [{ ipBlock: { cidr: credentialsAddress } }], ports }];
}

function nameProblems(flags: FlagSource): Problem[] {
  return (["application", "profile"] as const)
    .filter((field) => flags[field] !== undefined && !NAME.test(flags[field]))
    .map((field) => ({
      path: `flags.${field}`,
      got: flags[field],
      allowed: "1 to 64 letters, digits, dots, underscores and dashes, with a letter or digit first",
      fix: "Give the name that it has in AWS AppConfig.",
    }));
}

function taken(spec: AppSpec): Problem[] {
  const ports = { port: spec.port, metricsPort: spec.metricsPort };
  const fix = "Serve on another port.";
  const allowed = `a port other than ${port}, which the agent of flags has in the same pod`;
  const inUse = Object.entries(ports)
    .filter(([, own]) => own === port)
    .map(([path, own]) => ({ path, got: own, allowed, fix }));
  const named = (["env", "secrets"] as const)
    .filter((field) => Object.hasOwn(spec[field] ?? {}, addressVariable))
    .map((field) => ({
      path: `${field}.${addressVariable}`,
      got: addressVariable,
      allowed: "another name: flags sets this one",
      fix: "Remove it, or rename it.",
    }));
  return [...inUse, ...named];
}

/** What a spec with flags needs beside them, and may not have. */
export function flagProblems(spec: AppSpec): Problem[] {
  const { flags, calls = [] } = spec;
  if (flags === undefined) return [];
  const problems = [...nameProblems(flags), ...taken(spec)];
  if (!calls.some((callee) => "cidr" in callee && callee.port === https)) {
    const allowed = `a block of addresses with port ${https}, at which the agent finds AWS AppConfig`;
    const fix = `Add { cidr: "…", port: ${https} }: the subnets of the endpoint of AppConfig's data plane.`;
    problems.push({ path: "calls", got: calls, allowed, fix });
  }
  return problems;
}

/** Flags without an image of the agent. */
export function agentProblems({ flags }: AppSpec, { flagAgentImage }: AppPlatform): Problem[] {
  if (flags === undefined || flagAgentImage !== undefined) return [];
  const allowed = "an environment that has an image of AWS AppConfig's agent by digest";
  const fix =
    'Write it beside the image of curl: { "flagAgent": "registry.example.com/agent@sha256:..." } in apps/images.json.';
  return [{ path: "flags", got: flags, allowed, fix }];
}
