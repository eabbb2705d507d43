/** Whether an environment may be changed now, by its calendar in stacks/environments/freeze.ts. */
import type { FreezeCalendar } from "@fridayproof/components/delivery";
import { dayOf } from "@fridayproof/components/core";
import { freezeWindows } from "../generate/freeze-windows";

/** The freeze that goes on at the moment, in a sentence; undefined where none does. */
export function frozenAt(calendar: FreezeCalendar, moment: Date): string | undefined {
  const now = moment.toISOString();
  const open = freezeWindows(calendar, dayOf(moment)).find(({ from, until }) => from <= now && now < until);
  return open && `frozen from ${open.from} until ${open.until}: ${open.name}`;
}
