/** What an environment is: plain data, checked as a whole before anything is declared. */
import { z } from "zod";
import { nodePoolSizeProblems } from "../components/cluster/node-pool";
import { type Problem, throwProblems, under } from "../components/core/checks";
import { subnetPlanProblems } from "../components/network/subnet-plan";
import { colours, weightProblems } from "../components/traffic/weights";
import { schemaProblems } from "./schema";

/** A cluster slot: one generation of the cluster behind one colour of the load balancer. */
const slot = z.strictObject({
  /** Kubernetes minor, a row of the lock file. */
  kubernetes: z.string("a Kubernetes minor in quotes").regex(/^1\.\d{2}$/, "a Kubernetes minor, such as 1.35"),
});

const pool = z.strictObject({
  /** x86 instance type. */
  instanceType: z
    .string("an instance type")
    .regex(/^[a-z]\d[a-z-]*\.([a-z]+|\d*xlarge|metal)$/, "an instance type, such as t3.large"),
  size: z.strictObject({
    min: z.number("a number of nodes"),
    desired: z.number("a number of nodes"),
    max: z.number("a number of nodes"),
  }),
  /** Whether only pods that tolerate the pool may run there. */
  tainted: z.boolean("true or false"),
});

const domain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const days = z.number("a number of days").int("whole days").positive("a day or more");
const percent = z.number("a number from 0 to 100");

const environmentSchema = z.strictObject({
  /** The stack's name. */
  name: z.string("the stack's name").regex(/^[a-z][a-z0-9]{1,15}$/, "2 to 16 lower-case letters and digits"),
  /** Leg of a failover pair; `none` has no partner. */
  role: z.enum(["primary", "replica", "none"], "primary, replica or none"),
  region: z.string("a region").regex(/^[a-z]{2}(-gov)?-[a-z]+-\d$/, "a region, such as us-east-1"),
  /** Zone ids (not names) of nodes, load balancer and NAT. */
  zones: z.array(z.string("a zone id"), "a list of zone ids"),
  /** Zone ids of the control plane, frozen at creation. */
  controlPlaneZones: z.array(z.string("a zone id"), "a list of zone ids"),
  /** The VPC's block. */
  cidr: z.string("an address block"),
  /** Domain with a hosted zone and an issued certificate in the account. */
  domain: z.string("a domain").regex(domain, "a domain in lower case, such as example.com"),
  natGateways: z.enum(["single", "per-az"], "single or per-az"),
  /** Settings of the add-ons: highly available, or small. */
  profile: z.enum(["production", "dev"], "production or dev"),
  /** One or both colours. */
  slots: z.strictObject({ blue: slot.optional(), green: slot.optional() }),
  /** Percent of traffic per colour. */
  weights: z.strictObject({ blue: percent, green: percent }),
  pools: z.record(z.string(), pool, "a map of node pools"),
  /** The pool that runs the add-ons. */
  systemPool: z.string("the name of a pool"),
  /** Whether Pulumi and AWS refuse to delete what carries traffic or state. */
  protect: z.boolean("true or false"),
  /** Days to keep the control plane's logs. */
  logRetentionDays: days,
  /** Days to keep the load balancer's access logs; none are written without it. */
  accessLogRetentionDays: days.optional(),
  /** Who people log in with; Argo CD in profile `production` needs it. */
  sso: z
    .strictObject({
      issuer: z.url({ protocol: /^https$/, error: "an https URL" }),
      clientId: z.string("the client id"),
    })
    .optional(),
});

/** A checked environment. */
export type Environment = z.infer<typeof environmentSchema>;

/** An environment as it is written down. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** A colour that the environment declares a slot for. */
export type Colour = (typeof colours)[number];

function slotProblems(environment: Environment): Problem[] {
  const declared = colours.filter((colour) => environment.slots[colour] !== undefined);
  const problems = [...weightProblems(environment.weights)];
  if (declared.length === 0) {
    problems.push({ path: "slots", got: {}, allowed: "blue, green or both", fix: "Declare at least one slot." });
  }
  for (const colour of colours.filter((each) => environment.weights[each] > 0 && !declared.includes(each))) {
    problems.push({
      path: `weights.${colour}`,
      got: environment.weights[colour],
      allowed: `0, because there is no slot ${colour}`,
      fix: `Declare slots.${colour} and bring it up first: its share of the traffic would get 503.`,
    });
  }
  return problems;
}

function poolProblems(environment: Environment): Problem[] {
  const names = Object.keys(environment.pools);
  const problems = names.flatMap((name) =>
    under(
      `pools.${name}`,
      nodePoolSizeProblems("size", environment.pools[name]?.size ?? { min: 0, desired: 0, max: 0 }),
    ),
  );
  if (!names.includes(environment.systemPool)) {
    problems.push({
      path: "systemPool",
      got: environment.systemPool,
      allowed: `one of ${names.join(", ")}`,
      fix: "Name the pool that runs the add-ons, or their pods stay pending.",
    });
  }
  return problems;
}

function ssoProblems(environment: Environment): Problem[] {
  if (environment.profile === "dev" || environment.sso !== undefined) return [];
  const fix = "Name issuer and client id: in profile production Argo CD has no local administrator.";
  return [{ path: "sso", got: undefined, allowed: "issuer and clientId", fix }];
}

/** Everything that is wrong with an environment; empty when nothing is. */
export function environmentProblems(input: unknown): Problem[] {
  const parsed = environmentSchema.safeParse(input, { reportInput: true });
  if (!parsed.success) return schemaProblems(parsed.error, "Correct the value in the environment's file in stacks/.");
  const environment = parsed.data;
  return [
    ...subnetPlanProblems(environment),
    ...slotProblems(environment),
    ...poolProblems(environment),
    ...ssoProblems(environment),
  ];
}

/**
 * The environment, checked.
 * @throws ProblemsError listing everything that is wrong with it.
 */
export function environment(input: EnvironmentInput): Environment {
  throwProblems(`environment "${input.name}"`, environmentProblems(input));
  return environmentSchema.parse(input);
}
