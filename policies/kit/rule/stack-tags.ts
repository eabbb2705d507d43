/** Tags of the stack that rules read: a broken glass, and the night's clean drift check. */
import { isSentence } from "./exemption";
import type { Context } from "./rule";

const millisecondsPerHour = 3_600_000;
const breakGlassTag = "fridayproof:break-glass";

/** A ticket by its number says why as well as a sentence does. */
const ticket = /\b\p{Lu}{2,}-\d+\b/u;

/** A glass broken on purpose. */
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
  // Not a number is neither: a tag whose instant cannot be read opens nothing.
  if (!isSentence(reason) && !ticket.test(reason)) return undefined;
  return left > 0 && left <= hours * millisecondsPerHour ? { until, reason } : undefined;
}

/** Hours since the instant that the tag holds: negative in the future, NaN when unreadable, undefined without the tag. */
export function hoursSince({ stackTags, now }: Context, tag: string): number | undefined {
  const text = stackTags.get(tag);
  return text === undefined ? undefined : (now.getTime() - Date.parse(text)) / millisecondsPerHour;
}
