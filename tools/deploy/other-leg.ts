/** Whether the other leg of a failover pair has changed too recently, by the states of the real command line. */
import { ProblemsError } from "@fridayproof/components/core";
import { lastChange, type LegFacts, legProblems, type StampedResource } from "@fridayproof/guard/legs";
import { environments } from "../../stacks/environments/environments";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { type Ended, run } from "./engine";

/** An update of a stack that is about to be carried out. */
export interface LegUpdate {
  readonly stack: string;
  /** Text of `pulumi preview --json`. */
  readonly plan: string;
  readonly moment: Date;
  /** The reason to update although the other leg has changed. */
  readonly reason: string;
}

type Leg = Pick<EnvironmentInput, "name" | "region">;

/** The stack and its other leg; undefined where it has none. */
export function legsOf(stack: string): { readonly own: Leg; readonly other: Leg } | undefined {
  const own = environments.find(({ name }) => name === stack);
  const other = environments.find(({ name, follows }) => name === own?.follows || follows === stack);
  return own === undefined || other === undefined ? undefined : { own, other };
}

/** The variables of a command about the other leg: its states are in its own region. */
function atThe(other: Leg, own: Leg): NodeJS.ProcessEnv {
  const { PULUMI_BACKEND_URL: backend, ...rest } = process.env;
  return backend === undefined ? rest : { ...rest, PULUMI_BACKEND_URL: backend.replaceAll(own.region, other.region) };
}

function answer({ code, stdout }: Ended, other: string): unknown {
  if (code === 0) return JSON.parse(stdout) as unknown;
  throw new Error(
    `the state of ${other} cannot be read, so the time of its last change is unknown. Nothing was changed. BOTH_LEGS="..." gives the reason to go on.`,
  );
}

/** When the other leg was changed last; undefined where it does not stand. */
function changeOf(other: Leg, env: NodeJS.ProcessEnv): Date | undefined {
  const stacks = answer(run(["pulumi", "stack", "ls", "--json"], true, env), other.name);
  const names = (stacks as readonly { readonly name: string }[]).map(({ name }) => name.split("/").at(-1));
  if (!names.includes(other.name)) return undefined;
  const exported = answer(run(["pulumi", "stack", "export", "--stack", other.name], true, env), other.name);
  const { deployment } = exported as { readonly deployment?: { readonly resources?: readonly StampedResource[] } };
  return lastChange(deployment?.resources ?? []);
}

/** @throws Error where the other leg has changed within the window, or cannot be read, and BOTH_LEGS has no reason. */
export function checkOtherLeg({ stack, plan, moment: now, reason }: LegUpdate): void {
  const legs = legsOf(stack);
  if (legs === undefined) return;
  if (reason.trim() !== "") {
    process.stdout.write(`${stack} changes whatever ${legs.other.name} was through: ${reason}\n`);
    return;
  }
  const { steps } = JSON.parse(plan) as { readonly steps: LegFacts["steps"] };
  const changed = changeOf(legs.other, atThe(legs.other, legs.own));
  const problems = legProblems({ other: legs.other.name, steps, changed, now }, 'BOTH_LEGS="..."');
  if (problems.length === 0) return;
  throw new Error(`${new ProblemsError(`the update of ${stack}`, problems).message}\nNothing was changed.`);
}
