/** What pods and containers of applications may not do; their namespace enforces level `restricted`. */

/** What a container may not do. */
export const closedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
} as const;

/** What a pod runs as. */
export const closedPod = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } } as const;
