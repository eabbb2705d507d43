/** What a release tells its team, by the engine of Argo CD's notifications on the triggers that are rendered. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { argoCdValues } from "../../../../components/delivery/argo-cd-values";
import { haveRollouts, sentFor, type TriggerCondition } from "../../../support/rollouts";

const SECONDS = 1000;
const values = argoCdValues({
  profile: "production",
  host: "argocd.example.com",
  ssoIssuer: "https://login.example.com",
  ssoClientId: "argocd",
}) as unknown as { readonly notifications: { readonly triggers: Readonly<Record<string, string>> } };

const triggers = Object.fromEntries(
  Object.entries(values.notifications.triggers).map(([name, text]) => [
    name.replace("trigger.", ""),
    parse(text) as TriggerCondition[],
  ]),
);

/** An Application: its health, and how its last synchronization ended, so many seconds ago. */
function application(health: string, phase?: string, secondsAgo = 0): object {
  if (phase === undefined) return { status: { health: { status: health } } };
  const finishedAt = new Date(Date.now() - secondsAgo * SECONDS).toISOString().replace(/\.\d+Z$/, "Z");
  return {
    status: { health: { status: health }, operationState: { phase, finishedAt, syncResult: { revision: "1" } } },
  };
}

describe.skipIf(!haveRollouts)("a release tells", () => {
  test.each<[string, object, readonly string[]]>([
    ["that it has started", application("Progressing", "Succeeded"), ["release-started"]],
    ["nothing while what served before is still healthy", application("Healthy", "Succeeded", 20), []],
    ["that it is done", application("Healthy", "Succeeded", 90), ["release-done"]],
    ["that a gate had no data", application("Suspended", "Succeeded", 600), ["release-paused"]],
    ["that it was aborted", application("Degraded", "Succeeded", 300), ["release-degraded"]],
    ["that it was not applied", application("Healthy", "Failed", 5), ["sync-failed"]],
    ["nothing of an application that was never synchronized", application("Missing"), []],
  ])("%s", (_title, state, templates) => {
    const [sent = {}] = sentFor(triggers, [state]);
    expect(Object.values(sent).flat()).toEqual(templates);
  });
});
