/** The shape that all of an application's objects share, and the names by which they refer to each other. */
import type { AppPlatform, AppSpec } from "./spec";

/** A Kubernetes object as it is written to Git. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** Labels of the application's pods, which selectors name: they never change with a version. */
export const podLabels = ({ name }: AppSpec): Readonly<Record<string, string>> => ({ "app.kubernetes.io/name": name });

/** Service of the serving version. */
export const stableService = ({ name }: AppSpec): string => name;

/** Service of the version that is coming. */
export const canaryService = ({ name }: AppSpec): string => `${name}-canary`;

/** A Service as the gateway's metrics and the DestinationRules name it. */
export const fullHost = ({ name }: AppSpec, service: string): string => `${service}.${name}.svc.cluster.local`;

/** An object in the application's namespace. */
export function manifest(
  spec: AppSpec,
  apiVersion: string,
  kind: string,
  name: string,
  body: Readonly<Record<string, unknown>>,
  annotations?: Readonly<Record<string, string>>,
): Manifest {
  const metadata = { name, namespace: spec.name, labels: podLabels(spec), ...(annotations && { annotations }) };
  return { apiVersion, kind, metadata, ...body };
}

/** Whether Argo Rollouts moves its traffic; `rolling` is a plain Deployment. */
export const isRollout = ({ strategy }: AppSpec): boolean => strategy !== "rolling";

/** Where the application is served. */
export const hostOf = ({ name }: AppSpec, { domain }: AppPlatform): string => `${name}.${domain}`;
