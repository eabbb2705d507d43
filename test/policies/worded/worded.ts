/** A fix that is words alone: why no change of the stack says it, and what whoever follows it makes of a case. */
import { budget, but } from "../support/fixtures";
import type { Case, Given } from "../support/rule";
import { object } from "../support/spec";

/** Why a fix is words alone. There is no other reason. */
export const reasons = {
  fact: "what is right is a fact that only its owner knows: a name, a host, a query, a schedule, a number of its load",
  pin: "a commit, a digest, a version or an image has to be looked up",
  design: "what stands there becomes something of another kind, or several things",
  act: "a person does something outside of the stack: waits, looks, upgrades step by step, answers for a date",
  output: "a property is made from another resource of the program, which only the program names",
  hidden: "a text is edited whose words no message may show",
} as const;

/** What a person makes of the case. */
export type Way = (given: Case) => Case;

/** One sentence of one rule. */
export interface Worded {
  readonly rule: string;
  /** The sentence as the message ends; `*` stands for whatever differs from case to case. */
  readonly words: string;
  readonly reason: keyof typeof reasons;
  /** The bad case of the rule in which it is followed. */
  readonly in: string;
  /** One for each way that the sentence names. */
  readonly ways: readonly Way[];
}

/** The kind, and the name where several are of it: `Service shop`. */
function isCalled({ type, name }: Given, which: string): boolean {
  const [kind, own = name] = which.split(" ");
  return type.endsWith(`:${kind}`) && name === own;
}

/** Gives properties of a resource other values; undefined takes one away. */
export function edit(which: string, changes: Readonly<Record<string, unknown>>): Way {
  return each(which, (one) => but(one, changes));
}

/** Makes a resource from other ones. */
export function link(which: string, links: Readonly<Record<string, readonly string[]>>): Way {
  return each(which, (one) => ({ ...one, links: { ...one.links, ...links } }));
}

/** Lets the engine make a resource after others. */
export function after(which: string, ...dependencies: readonly string[]): Way {
  return each(which, (one) => ({ ...one, dependencies: [...(one.dependencies ?? []), ...dependencies] }));
}

function each(which: string, change: (one: Given) => Given): Way {
  return (given) => {
    if (!given.resources.some((one) => isCalled(one, which))) throw new Error(`no ${which} in the case`);
    return { ...given, resources: given.resources.map((one) => (isCalled(one, which) ? change(one) : one)) };
  };
}

/** Declares more resources. */
export function more(...resources: readonly Given[]): Way {
  return (given) => ({ ...given, resources: [...given.resources, ...resources] });
}

/** Takes a resource away. */
export function less(which: string): Way {
  return (given) => ({ ...given, resources: given.resources.filter((one) => !isCalled(one, which)) });
}

/** Gives the rule other settings, as who changes the lock file or the calendar does. */
export function settings(changes: Readonly<Record<string, unknown>>): Way {
  return (given) => ({ ...given, settings: { ...given.settings, ...changes } });
}

/** Lets time pass, or the run know something else. */
export function context(changes: NonNullable<Case["context"]>): Way {
  return (given) => ({ ...given, context: { ...given.context, ...changes } });
}

/** One thing after the other. */
export function both(...ways: readonly Way[]): Way {
  return (given) => ways.reduce((before, way) => way(before), given);
}

const metadata = { name: "shop", namespace: "shop" };
const place = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });

/** What a workload of the application needs beside it: a budget, a network that leaves it its ways, and short idle times. */
export const around: readonly Given[] = [
  budget,
  object("networking.k8s.io/v1:NetworkPolicy", "shop", {
    metadata,
    spec: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [place("istio-ingress")], ports: [{ protocol: "TCP", port: 8080 }] }],
      egress: [{ to: [place("kube-system")], ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })) }],
    },
  }),
  object("networking.istio.io/v1:DestinationRule", "shop", {
    metadata,
    spec: { host: "shop", trafficPolicy: { connectionPool: { http: { idleTimeout: "30s" } } } },
  }),
];
