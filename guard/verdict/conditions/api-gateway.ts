/** REST APIs of API Gateway: a part of one serves with the deployment that follows. */
import { changes } from "../plans/plan-index";
import { named } from "./common";
import { type Conditions, type Context, degrades, type Outcome, unknown } from "./condition";

const GOES_LIVE = /^aws:apigateway\/(deployment|stage):/;

/** A part of an API: whether this run deploys it. */
function untilDeployed({ index, row }: Context): Outcome {
  const live = index.plan.resources.filter((one) => GOES_LIVE.test(one.type) && changes(one));
  return live.length > 0
    ? unknown(`${named(live)} takes it to callers in this run: ${row.when}`)
    : degrades("stages serve what they did until the next deployment, whoever makes it: that takes this along");
}

/** Conditions about REST APIs. */
export const apiGateway: Conditions = { untilDeployed };
