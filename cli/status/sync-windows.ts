/** Sync windows of an AppProject in words: what holds an application at a moment, and until when. */
import { clockOf, type ProjectWindow, syncHold } from "@fridayproof/policies/schedule";
import type { SyncRequest } from "@fridayproof/sandbox/account";
import { minuteText } from "@fridayproof/sandbox/terminal";

/** A window in a few words: its description where it has one. */
function windowText({ kind = "", schedule = "", duration = "", description = "" }: ProjectWindow): string {
  return description === "" ? `${kind} at "${schedule}" for ${duration}` : `"${description}"`;
}

/** A minute on the wall clock of the window's zone; UTC where it names none that exists, as for Argo CD. */
function momentText(instant: number, timeZone: string): string {
  try {
    return `${minuteText(clockOf(timeZone)(instant))} ${timeZone}`;
  } catch (error) {
    if (error instanceof RangeError) return `${minuteText(instant)} UTC`;
    throw error;
  }
}

/** Reads windows at a moment. @param byHand whether a person synchronizes, which windows may permit. */
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
