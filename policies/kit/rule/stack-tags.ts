/** Tags of the stack that rules read: the break-glass tag, and the time of the last clean drift check. */
import { isSentence } from "./exemption";
import type { Context } from "./rule";

const millisecondsPerHour = 3_600_000;
const breakGlassTag = "fridayproof:break-glass";

/** The number of a ticket is as good a reason as a sentence. */
const ticket = /\b\p{Lu}{2,}-\d+\b/u;

/** An emergency access that a person opened. */
export interface BreakGlass {
  readonly until: Date;
  readonly reason: string;
}

/** The break-glass tag, if it holds now: `<instant until which> <reason>`, at most `hours` ahead; the reason is a sentence or a ticket. */
export function breakGlass({ stackTags, now }: Context, hours: number): BreakGlass | undefined {
  const match = /(\S+)\s+(.+)/.exec(stackTags.get(breakGlassTag)?.trim() ?? "");
  if (match === null) return undefined;
  const [, instant = "", reason = ""] = match;
  const until = new Date(instant);
  const left = until.getTime() - now.getTime();
  // NaN fails both comparisons: a tag whose instant cannot be read grants nothing.
  if (!isSentence(reason) && !ticket.test(reason)) return undefined;
  return left > 0 && left <= hours * millisecondsPerHour ? { until, reason } : undefined;
}

/** Hours since the instant that the tag holds: negative in the future, NaN when unreadable, undefined without the tag. */
export function hoursSince({ stackTags, now }: Context, tag: string): number | undefined {
  const text = stackTags.get(tag);
  return text === undefined ? undefined : (now.getTime() - Date.parse(text)) / millisecondsPerHour;
}
