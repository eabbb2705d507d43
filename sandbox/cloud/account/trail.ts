/** The account's own trail: who changed an object by hand, as CloudTrail would have it. */
import { unowned, type Account, type CloudObject } from "./account";

/** Type of the objects that note the last change by hand: none of AWS. */
export const EVENT = "sandbox:index:Event";

/** The last change by hand of what a URN made. */
export interface TrailEvent {
  readonly who: string;
  /** ISO 8601. */
  readonly at: string;
  readonly event: string;
}

/** Notes a change; of each resource the last one is kept. */
export function noteEvent(account: Account, urn: string, { who, at, event }: TrailEvent): void {
  account.put(unowned({ type: EVENT, id: urn, scope: "global", outputs: { who, at, event } }));
}

/** The last change by hand; undefined where there is none. */
export function lastEvent(objects: readonly CloudObject[], urn: string): TrailEvent | undefined {
  const { who, at, event } = objects.find(({ type, id }) => type === EVENT && id === urn)?.outputs ?? {};
  return typeof who === "string" && typeof at === "string" && typeof event === "string"
    ? { who, at, event }
    : undefined;
}
