/** Cases of the rule about freezes: runs inside of one, and projects of Argo CD that would sync through it. */
import { deployFreeze } from "../../../../../policies/zero-downtime/sync/deploy-freeze";
import { but } from "../../../support/fixtures";
import type { Case, Given } from "../../../support/rule";
import { given, object, under, type Spec } from "../../../support/spec";

const stack: Given = { type: "pulumi:pulumi:Stack", name: "fridayproof-prod", props: {} };
const denying = { kind: "deny", schedule: "0 0 21 11 *", duration: "24h", applications: ["*"] };
const project = object("argoproj.io/v1alpha1:AppProject", "shop", {
  spec: {
    destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop" }],
    syncWindows: [denying],
  },
});
const windows = (...all: readonly object[]): Given => but(project, { "spec.syncWindows": all });
const syncing = (changes: object): Given => windows({ ...denying, ...changes });
const window = { name: "sale", from: "2026-11-21T00:00:00Z", until: "2026-11-22T00:00:00Z" };
const sale = { windows: [window] };
const tagged = (value: string, base: Case): Case => ({
  ...base,
  context: { stackTags: new Map([["fridayproof:break-glass", value]]) },
});
const frozen = under(sale, stack);
/** Berlin's clock goes forward on 28 March 2027 at 02:00 and back on 31 October at 03:00. */
const spring = { windows: [{ name: "spring", from: "2027-03-28T00:00:00+01:00", until: "2027-03-29T00:00:00+02:00" }] };
const autumn = { windows: [{ name: "autumn", from: "2027-10-31T00:00:00+02:00", until: "2027-11-01T00:00:00+01:00" }] };
const berlin = { timeZone: "Europe/Berlin" };

/** Cases of the rule about freezes. */
export const freezeSpecs: readonly Spec[] = [
  {
    rule: deployFreeze,
    good: {
      "a project that denies": under(sale, project),
      "outside the window": under({ windows: [{ ...window, until: "2026-11-21T12:00:00Z" }] }, stack),
      "before the window": under({ windows: [{ ...window, from: "2026-11-21T12:00:01Z" }] }, stack),
      "a preview": { ...frozen, context: { preview: true } },
      "a broken glass": tagged("2026-11-21T18:00:00Z INC-7 payment outage", frozen),
      "a window that is over at this instant, no deny needed": under(
        { windows: [{ ...window, until: "2026-11-21T12:00:00Z" }] },
        but(project, { spec: {} }),
      ),
      "a project that denies beside what it allows": under(
        sale,
        windows({ kind: "allow", schedule: "0 8 * * 1-5", duration: "8h", namespaces: ["shop"] }, denying),
      ),
      "no window to come, no deny needed": under(
        { windows: [{ ...window, until: "2026-11-20T00:00:00Z" }] },
        but(project, { spec: {} }),
      ),
      "by the namespaces that the project deploys to": under(
        sale,
        syncing({ applications: [], namespaces: ["sho?"], manualSync: true }),
      ),
      "by the cluster's address": under(sale, syncing({ applications: ["x"], clusters: ["https://kubernetes.*"] })),
      "by every name and namespace at once": under(
        sale,
        syncing({ andOperator: true, applications: ["**"], namespaces: ["*"] }),
      ),
      "two windows, one after the other": under(
        sale,
        windows({ ...denying, duration: "12h30m" }, { ...denying, schedule: "30 12 21 11 *", duration: "11.5h" }),
      ),
      "windows of every hour": under(sale, syncing({ schedule: "0 * * * *", duration: "60m" })),
      "a day of 23 hours in its own zone": under(spring, syncing({ ...berlin, schedule: "0 0 28 3 *" })),
      "a start that the clock leaves out": under(
        { windows: [{ ...spring.windows[0], from: "2027-03-28T01:00:00Z" }] },
        syncing({ ...berlin, schedule: "30 2 28 3 *", duration: "22h" }),
      ),
      "a day of 25 hours in its own zone": under(autumn, syncing({ ...berlin, schedule: "0 0 31 10 *" })),
    },
    bad: {
      "a broken glass whose reason says nothing": tagged("2026-11-21T18:00:00Z .", frozen),
      "a sync window at hour 24": under(sale, syncing({ schedule: "0 7-24 * * *" })),
      "a sync window in a zone that does not exist": under(sale, syncing({ timeZone: "Europe/Amsterdamm" })),
      "a sync window in a zone in lower case": under(sale, syncing({ timeZone: "europe/berlin" })),
      "a sync window that lasts days": under(sale, syncing({ duration: "2 days" })),
      "a sync window on 30 February": under(sale, syncing({ schedule: "0 0 30 2 *" })),
      "a sync window whose description Argo CD refuses": under(sale, syncing({ description: "x".repeat(256) })),
      "a sync window without a schedule": under(sale, syncing({ schedule: undefined })),
      "a sync window without a duration": under(sale, syncing({ duration: undefined })),
      "a sync window by a word": given(syncing({ schedule: "@daily" })),
      "a sync window of another kind": given(syncing({ kind: "block" })),
      "a sync window of no kind": given(syncing({ kind: "Deny" })),
      "a sync window for nobody": given(syncing({ applications: undefined })),
      "a deny for other applications": under(sale, syncing({ applications: ["batch-*"] })),
      "a deny for one of two namespaces": under(
        sale,
        but(syncing({ applications: undefined, namespaces: ["shop"] }), {
          "spec.destinations": [{ namespace: "shop" }, { namespace: "shop-jobs" }],
        }),
      ),
      "a deny for all names, but of another namespace": under(
        sale,
        syncing({ andOperator: true, namespaces: ["batch"] }),
      ),
      "a deny in another zone": under(
        { windows: [{ name: "later", from: "2026-11-27T00:00:00Z", until: "2026-11-28T00:00:00Z" }] },
        syncing({ schedule: "0 0 27 11 *", timeZone: "America/New_York" }),
      ),
      "a deny that ends early": under(sale, syncing({ duration: "23h" })),
      "a deny with a gap of an hour": under(
        sale,
        windows({ ...denying, duration: "13h" }, { ...denying, schedule: "0 14 21 11 *", duration: "10h" }),
      ),
      "a deny in UTC for a day of another zone": under(spring, syncing({ schedule: "0 0 28 3 *" })),
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
      "a calendar that cannot be read, and no deny": under(
        { windows: [{ ...window, until: "monday" }] },
        but(project, { spec: {} }),
      ),
      "a project without deny": under(
        sale,
        windows({ kind: "allow", schedule: "0 8 * * *", duration: "8h", clusters: ["in-cluster"] }),
      ),
    },
  },
];
