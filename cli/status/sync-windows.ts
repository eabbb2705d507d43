/** Sync windows of an AppProject: which of them hold an application at a moment, and until when. */
import { clockOf, type ProjectWindow, syncHold } from "@fridayproof/policies/schedule";
import type { SyncRequest } from "@fridayproof/sandbox/account";
import { minuteText } from "@fridayproof/sandbox/terminal";

/** A short name of a window: its description where it has one. */
function windowText({ kind = "", schedule = "", duration = "", description = "" }: ProjectWindow): string {
  return description === "" ? `${kind} at "${schedule}" for ${duration}` : `"${description}"`;
}

/** A minute in the window's time zone; UTC for an unknown zone, as in Argo CD. */
function momentText(instant: number, timeZone: string): string {
  try {
    return `${minuteText(clockOf(timeZone)(instant))} ${timeZone}`;
  } catch (error) {
    if (error instanceof RangeError) return `${minuteText(instant)} UTC`;
    throw error;
  }
}

/** Evaluates windows at a moment. @param byHand whether the sync is manual, which a window may permit. */
export function windowsAt(moment: Date, { byHand = false } = {}): SyncRequest["windows"] {
  return (windows, application) => {
    const hold = syncHold(windows as readonly ProjectWindow[], application, moment.getTime());
    if (hold === undefined || (byHand && hold.manual)) return undefined;
    const { until, manual } = hold;
    const zone = hold.windows[0]?.timeZone ?? "";
    return {
      windows: hold.windows.map(windowText),
      manual,
      ...(until === undefined ? {} : { until: momentText(until, zone === "" ? "UTC" : zone) }),
    };
  };
}
