/** Where an application keeps its users' sessions, and what a release must prove and the gateway must do because of it. */
import type { Problem } from "../../core/checks";
import { isRollout } from "./manifest";
import type { AppSpec, SessionPaths } from "./spec";

const kept = ({ sessions }: AppSpec): string => sessions?.kept ?? "stateless";

/** Paths between which a release carries sessions from each version to the other; undefined where it does not. */
export function sessionPaths({ sessions }: AppSpec): SessionPaths | undefined {
  const { issuedBy, readBy } = sessions ?? {};
  return issuedBy === undefined || readBy === undefined ? undefined : { issuedBy, readBy };
}

/** How the gateway chooses among the pods of a version: by a cookie where a session is in the memory of one of them. */
export function sessionPolicy(spec: AppSpec): Readonly<Record<string, unknown>> {
  if (kept(spec) !== "sticky") return {};
  // A lifetime of 0 ends with the browser's session.
  const httpCookie = { name: `${spec.name}-pod`, path: "/", ttl: "0s" };
  return { loadBalancer: { consistentHash: { httpCookie } } };
}

function pathProblems({ sessions = { kept: "stateless" } }: AppSpec): Problem[] {
  return (["issuedBy", "readBy"] as const).flatMap((field) => {
    const path = sessions[field];
    // It becomes a URL of curl, which takes brackets and braces for many addresses.
    if (path === undefined || /^\/[\w./?=&%~-]*$/.test(path)) return [];
    const allowed = "a path that begins with / and has no space, bracket or brace";
    return [{ path: `sessions.${field}`, got: path, allowed, fix: `Write it as it is requested, such as "/session".` }];
  });
}

function sharedProblems(spec: AppSpec): Problem[] {
  if (kept(spec) !== "shared-store" || (spec.calls ?? []).length > 0) return [];
  const allowed = "where the store is: everything that is not named is closed";
  return [{ path: "calls", got: spec.calls, allowed, fix: "Add the store's address and port to calls." }];
}

/** Only one of the two, or none where the store is shared. */
function pairProblems(spec: AppSpec): Problem[] {
  const { issuedBy, readBy } = spec.sessions ?? {};
  const both = issuedBy !== undefined && readBy !== undefined;
  const none = issuedBy === undefined && readBy === undefined;
  const mayBeNone = kept(spec) === "stateless" || !isRollout(spec);
  if (both || (none && mayBeNone)) return [];
  const missing = issuedBy === undefined ? "issuedBy" : "readBy";
  const allowed =
    "both paths: a release gives each version a session of the other, because no gate on errors detects a rejected one";
  const fix = "Add a path that opens a session of a test user, and one that succeeds only within a session.";
  return [{ path: `sessions.${missing}`, got: undefined, allowed, fix }];
}

function rollingProblems(spec: AppSpec): Problem[] {
  if (isRollout(spec) || sessionPaths(spec) === undefined) return [];
  const allowed =
    "canary or blueGreen, because a rolling update has no test before its users that could request the paths";
  const fix = "Take one of them, or leave sessions.issuedBy and sessions.readBy out.";
  return [{ path: "strategy", got: spec.strategy, allowed, fix }];
}

function stickyProblems(spec: AppSpec): Problem[] {
  if (spec.strategy !== "blueGreen") {
    const allowed =
      "blueGreen with sticky sessions: each share of a canary is drawn anew for every request, so a user would meet both versions";
    const fix = "Take blueGreen, or keep sessions where both versions read them.";
    return [{ path: "strategy", got: spec.strategy, allowed, fix }];
  }
  if (sessionPaths(spec) === undefined) return [];
  const allowed = "no paths: a session in the memory of a pod is nothing that another version could read";
  const fix = "Leave sessions.issuedBy and sessions.readBy out.";
  return [{ path: "sessions", got: spec.sessions, allowed, fix }];
}

/** What a spec may not say about its sessions. */
export function sessionProblems(spec: AppSpec): Problem[] {
  if (kept(spec) === "sticky") return stickyProblems(spec);
  return [...pathProblems(spec), ...sharedProblems(spec), ...pairProblems(spec), ...rollingProblems(spec)];
}
