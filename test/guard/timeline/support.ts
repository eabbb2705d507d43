/** Rows of states for timelines, made by hand. */
import { type Timeline, timedState, timelineOf } from "../../../guard/timeline";
import type { TimedRow } from "../../../guard/timeline/tasks";

/** URN of a row. */
export const urnOf = (type: string, name: string): string => `urn:pulumi:prod::shop::${type}::${name}`;

/** A resource that waits for others, by URN. */
export function row(type: string, name: string, needs: readonly string[] = [], inputs: object = {}): TimedRow {
  return { urn: urnOf(type, name), type, custom: true, inputs: { ...inputs }, dependencies: needs };
}

/** A document as `pulumi stack export` writes it. */
export const state = (rows: readonly object[]): unknown => ({ version: 3, deployment: { resources: rows } });

/** The timeline of these rows. */
export const timeline = (...rows: readonly TimedRow[]): Timeline => timelineOf(timedState(state(rows)));

export const VPC = "aws:ec2/vpc:Vpc";
export const CLUSTER = "aws:eks/cluster:Cluster";
export const NODES = "aws:eks/nodeGroup:NodeGroup";
export const RELEASE = "kubernetes:helm.sh/v3:Release";
