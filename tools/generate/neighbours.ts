/** Whether applications that call each other are open to each other: both specs have to say so, and each is written alone. */
import { didYouMean, type Problem, throwProblems } from "@fridayproof/components/core";
import type { AppSpec } from "@fridayproof/components/plan";
import { specOf } from "../../stacks/environments/application-specs";
import type { EnvironmentInput } from "../../stacks/environments/schema";

/** What a caller's spec says of one callee, with its place. */
interface Call {
  readonly caller: string;
  readonly at: string;
  readonly application: string;
  readonly port: number;
}

function callsOf({ name: caller, calls = [] }: AppSpec): readonly Call[] {
  return calls.flatMap((callee, index) =>
    "application" in callee ? [{ caller, at: `apps/${caller}.ts: calls[${index}]`, ...callee }] : [],
  );
}

/** A policy sees the pods' port: the Service's is translated before it. */
function problemsBetween({ caller, at, port }: Call, callee: AppSpec): readonly Problem[] {
  const { name, callers = [] } = callee;
  const portProblem = {
    path: `${at}.port`,
    got: port,
    allowed: `${callee.port}, on which the pods of ${name} listen, whatever port its Service has`,
    fix: `Write ${callee.port}: everything else is closed.`,
  };
  const callerProblem = {
    path: `apps/${name}.ts: callers`,
    got: callers,
    allowed: `a list with "${caller}", which calls it`,
    fix: `Add "${caller}": whoever is not named is refused.`,
  };
  return [...(port === callee.port ? [] : [portProblem]), ...(callers.includes(caller) ? [] : [callerProblem])];
}

function problemsOf(call: Call, specs: readonly AppSpec[], namespaces: readonly string[]): readonly Problem[] {
  const { at, application: got } = call;
  const callee = specs.find(({ name }) => name === got);
  if (callee !== undefined) return problemsBetween(call, callee);
  if (namespaces.includes(got)) return [];
  const fix = `Name it as an environment does, or give the address in cidr.${didYouMean(got, namespaces)}`;
  return [{ path: `${at}.application`, got, allowed: "an application of an environment", fix }];
}

/**
 * Refuses calls that no pod would take: of a name that is no application, to another port than the pods', or by an
 * application that the callee does not name.
 * @param others namespaces that may be called, too.
 * @throws ProblemsError with each of them, once for all environments.
 */
export function checkNeighbours(root: string, of: readonly EnvironmentInput[], others: readonly string[]): void {
  const namespaces = [...new Set([...of.flatMap(({ gitOps }) => gitOps.applications), ...others])];
  const problems = of.flatMap(({ gitOps: { applications } }) => {
    const specs = applications.map((application) => specOf(root, application));
    return specs.flatMap(callsOf).flatMap((call) => problemsOf(call, specs, namespaces));
  });
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  throwProblems("calls between applications", [...once.values()]);
}
