/** What holds an application back for a time: the sync windows of its project; a callback evaluates their schedules. */
import { isObject, type PropertyMap } from "../../property/values";
import { valuesAt } from "../../property/paths";
import type { Application } from "./applications";
import { projectSpec } from "./project";

/** Why Argo CD does not synchronize an application for now. */
export interface Held {
  /** The windows that hold it, each in a few words. */
  readonly windows: readonly string[];
  /** Until when, with the zone; undefined where it is never. */
  readonly until?: string;
  /** Whether a person may synchronize it all the same. */
  readonly manual: boolean;
}

/** What windows can be about. */
export interface Destination {
  readonly name: string;
  readonly namespace: string;
  readonly clusterName: string;
  readonly server: string;
}

/** What holds an application of a project with these windows now; undefined where nothing does. */
export type WindowReader = (windows: readonly PropertyMap[], application: Destination) => Held | undefined;

/** What holds the application. @param read reads windows at the moment of the synchronization. */
export function heldBack(application: Application, read: WindowReader): Held | undefined {
  const { name, namespace, clusterName, server } = application;
  const windows = valuesAt(projectSpec(application), "syncWindows").filter(isObject);
  return read(windows, { name, namespace, clusterName, server });
}
