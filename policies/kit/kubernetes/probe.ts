/** Probes: their target, whether they can fail, and how long they tolerate failures. */
import { probeLimits } from "../../limits/probes";
import { callsOtherHost as commandCallsOtherHost, cannotFail as succeedsAlways } from "./commands";
import type { Field } from "../reading/field";

const handlers = ["httpGet", "tcpSocket", "exec", "grpc"];

/** The probe's target; undefined for a probe without one. */
export function handlerOf(probe: Field): Field | undefined {
  return probe
    .members()
    .filter(([key, handler]) => handlers.includes(key) && handler.isSet())
    .map(([, handler]) => handler)[0];
}

/** Whether the probe runs a command that cannot fail. */
export function cannotFail(probe: Field): boolean {
  return succeedsAlways(probe.at("exec", "command").texts());
}

/** Whether a handler connects to a host that is not the pod itself. */
export function leavesPod(handler: Field): boolean {
  const host = handler.at("host").text();
  return host !== undefined && !/^(localhost|127\.0\.0\.1|::1)$/.test(host);
}

/** Whether the result of the probe depends on another process than those of the pod. */
export function callsOtherHost(probe: Field): boolean {
  return (
    leavesPod(probe.at("httpGet")) ||
    leavesPod(probe.at("tcpSocket")) ||
    commandCallsOtherHost(probe.at("exec", "command").texts())
  );
}

/** Failures that a probe tolerates before it acts. */
export interface Tolerance {
  readonly failures: number;
  /** Seconds between two checks. */
  readonly period: number;
  /** Seconds before the first check. */
  readonly delay: number;
}

/** How long a probe tolerates failures; Kubernetes' defaults where nothing is set. */
export function toleranceOf(probe: Field): Tolerance {
  return {
    failures: probe.at("failureThreshold").number() ?? probeLimits.probeFailuresByDefault.value,
    period: probe.at("periodSeconds").number() ?? probeLimits.probePeriodByDefault.value,
    delay: probe.at("initialDelaySeconds").number() ?? 0,
  };
}
