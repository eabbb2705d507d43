/** AppConfig's deployments: how long one lasts, and which of them this run has started. */
import type { Caller, ResourceContext } from "./resource-context";

/** Type of a deployment. */
export const DEPLOYMENT = "aws:appconfig/deployment:Deployment";

/**
 * Minutes of AppConfig's own strategies, whose names begin so, and of no other one:
 * https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy-predefined.html
 */
const OWN_MINUTES: Readonly<Record<string, number>> = {
  "AppConfig.AllAtOnce": 10,
  "AppConfig.Linear50PercentEvery30Seconds": 2,
  "AppConfig.Linear20PercentEvery6Minutes": 60,
  "AppConfig.Canary10Percent20Minutes": 30,
};

/** Minutes from the start of a deployment until the environment takes the next one. */
export function minutesOf(ctx: ResourceContext): number {
  const strategy = ctx.text("deploymentStrategyId");
  const { deploymentDurationInMinutes = 0, finalBakeTimeInMinutes = 0 } =
    ctx.find("aws:appconfig/deploymentStrategy:DeploymentStrategy", strategy)?.inputs ?? {};
  return OWN_MINUTES[strategy] ?? Number(deploymentDurationInMinutes) + Number(finalBakeTimeInMinutes);
}

/** The highest number of a deployment that the environment had. */
export function deploymentsOf(ctx: ResourceContext): number {
  const numbers = ctx
    .near(DEPLOYMENT)
    .filter(({ inputs }) => inputs.environmentId === ctx.text("environmentId"))
    .map(({ outputs }) => Number(outputs.deploymentNumber));
  return Math.max(0, ...numbers);
}

/** Deployments under way by environment: the sandbox waits for nothing, so those of an earlier run are over. */
const started = new WeakMap<Caller, Map<string, string>>();

/** The deployment that this run has started in the environment and that is not over. */
export function runningDeployment(ctx: ResourceContext): string | undefined {
  return started.get(ctx.caller)?.get(ctx.text("environmentId"));
}

/** Notes a deployment that lasts. */
export function noteStart(ctx: ResourceContext): void {
  if (ctx.old !== undefined || minutesOf(ctx) === 0) return;
  const running = started.get(ctx.caller) ?? new Map<string, string>();
  started.set(ctx.caller, running.set(ctx.text("environmentId"), ctx.id.split("/").pop() ?? ""));
}
