/** Problems of an environment after an update, from the output of the sandbox, AWS and Kubernetes. */

interface Share {
  readonly ready: number;
  readonly desired: number;
}

/** `fridayproof status --json`, as far as it is read here. */
export interface Standing {
  readonly stack: string;
  readonly resources: number;
  readonly slots?: readonly {
    readonly slot: string;
    readonly weight?: number;
    readonly targets: Share;
    readonly nodes: Share;
  }[];
  readonly missing?: readonly string[];
  readonly argoCd?: readonly { readonly application: string; readonly problems: readonly string[] }[];
}

/** A target group without traffic may be empty: its slot is being built or taken down. */
export function standingProblems({ stack, resources, slots = [], missing = [], argoCd = [] }: Standing): string[] {
  if (resources === 0) return [`${stack} does not stand.`];
  const few = (what: string, { ready, desired }: Share): string[] =>
    ready < desired ? [`${what}: ${ready} of ${desired} are ready.`] : [];
  return [
    ...slots.flatMap(({ slot, weight = 0, targets, nodes }) => [
      ...(weight > 0 ? few(`targets of ${slot}, which has ${weight} % of the traffic`, targets) : []),
      ...few(`nodes of ${slot}`, nodes),
    ]),
    ...missing.map((name) => `${name} is in the state and not in the account.`),
    ...argoCd.flatMap(({ application, problems }) => problems.map((problem) => `${application}: ${problem}`)),
  ];
}

/** `aws elbv2 describe-target-health`. Targets that drain or were just registered are no problem while another is healthy. */
export function targetProblems(group: string, document: unknown): string[] {
  const { TargetHealthDescriptions: targets = [] } = document as {
    readonly TargetHealthDescriptions?: readonly {
      readonly Target?: { readonly Id?: string };
      readonly TargetHealth?: { readonly State?: string; readonly Reason?: string };
    }[];
  };
  const stateOf = (state: string) => targets.filter(({ TargetHealth }) => TargetHealth?.State === state);
  if (stateOf("healthy").length === 0) return [`${group} has traffic and no healthy target.`];
  return ["unhealthy", "unavailable"].flatMap((state) =>
    stateOf(state).map(
      ({ Target, TargetHealth }) => `${group}: target ${Target?.Id} is ${state} (${TargetHealth?.Reason}).`,
    ),
  );
}

/** `aws eks describe-nodegroup`. */
export function nodeGroupProblems(document: unknown): string[] {
  const { nodegroup: { nodegroupName = "", status = "", health } = {} } = document as {
    readonly nodegroup?: {
      readonly nodegroupName?: string;
      readonly status?: string;
      readonly health?: { readonly issues?: readonly { readonly code?: string; readonly message?: string }[] };
    };
  };
  return [
    ...(status === "ACTIVE" ? [] : [`node group ${nodegroupName} is ${status}.`]),
    ...(health?.issues ?? []).map(({ code, message }) => `node group ${nodegroupName}: ${code}: ${message}`),
  ];
}

/** `kubectl get rollouts --all-namespaces --output json`. */
export function rolloutProblems(cluster: string, document: unknown): string[] {
  const { items = [] } = document as {
    readonly items?: readonly {
      readonly metadata: { readonly name: string; readonly namespace: string };
      readonly status?: { readonly phase?: string; readonly message?: string };
    }[];
  };
  return items
    .filter(({ status }) => status?.phase === "Degraded")
    .map(
      ({ metadata: { namespace, name }, status }) =>
        `rollout ${namespace}/${name} in ${cluster} is degraded: ${status?.message ?? "no message"}`,
    );
}
