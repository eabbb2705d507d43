/** Long values on both sides, shortened to where they differ. */

/** Equal characters that stay beside a difference, so that a person finds the place. */
const BESIDE = 24;

/** Ends of words, of list elements and of parts of a path: a name or an id is not cut in the middle. */
const BOUNDARY = /[\s,;|&/]/;

const LEFT_OUT = "…";

/** How many characters both texts begin with, up to the end of a word; few are not worth leaving out. */
function commonStart(old: string, now: string): number {
  let end = 0;
  while (end < old.length && end < now.length && old[end] === now[end]) end++;
  let start = end - BESIDE;
  while (start > 0 && !BOUNDARY.test(old[start - 1] ?? "")) start--;
  return Math.max(start, 0);
}

const reversed = (text: string): string => [...text].reverse().join("");

/** At most `room` characters, up to the end of a word, and how many are left out. */
export function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  let end = room;
  while (end > room - BESIDE && !BOUNDARY.test(text[end - 1] ?? "")) end--;
  const kept = end > room - BESIDE ? end : room;
  return `${text.slice(0, kept)}${LEFT_OUT} ${text.length - kept} characters more (--full)`;
}

/** Both sides of a change where either is longer than `room`: what is equal before and behind the difference is left out. */
export function excerpts(old: string, now: string, room: number): readonly [old: string, now: string] {
  if (old.length <= room && now.length <= room) return [old, now];
  const start = commonStart(old, now);
  const [oldTail, nowTail] = [old.slice(start), now.slice(start)];
  const end = commonStart(reversed(oldTail), reversed(nowTail));
  const side = (tail: string): string => {
    const kept = shortened(end === 0 ? tail : `${tail.slice(0, -end)}${LEFT_OUT}`, room);
    return start === 0 ? kept : `${LEFT_OUT}${kept}`;
  };
  return [side(oldTail), side(nowTail)];
}
