/** The error of AWS or the SDK for a call that is lost: code, message, service and status. */
import { classOf } from "../../property/urn";
import { CloudError } from "../../protocol/provider";
import type { Loss } from "./loss";
import type { Call, CallKind } from "./services";

const DENIED = 403;
const UNAVAILABLE = 503;

/** First word of an operation; EC2, load balancers, EKS and RDS describe what others get. */
const VERBS: Readonly<Record<CallKind, string>> = { create: "Create", update: "Modify", delete: "Delete", read: "Get" };
const DESCRIBING = /^(ec2|elasticloadbalancing|eks|rds)$/;

/** Such as `CreateVpc`; a function is called by its own name, `GetZone`. */
function operationOf({ token, kind }: Call, action: string): string {
  const last = classOf(token);
  if (/^(get|list|describe)[A-Z]/.test(last)) return last[0]?.toUpperCase() + last.slice(1);
  return `${kind === "read" && DESCRIBING.test(action) ? "Describe" : VERBS[kind]}${last}`;
}

/** What the SDK was doing: of lost credentials it is not the call itself that fails. */
function attempted(call: Call, { cause, service }: Loss): string {
  return cause === "credentials" ? "AssumeRole" : operationOf(call, service.action);
}

/** The error of a call that is refused at once. */
function denied(call: Call, loss: Loss): CloudError {
  const operation = attempted(call, loss);
  const { name, action, error = "AccessDeniedException" } = loss.service;
  const what = `not authorized to perform: ${action}:${operation} in ${loss.lost}`;
  const origin = loss.cause === "credentials" ? "failed to refresh cached credentials, " : "";
  return new CloudError(
    error,
    `${origin}${what} with an explicit deny in a service control policy (${name}, status ${DENIED})`,
  );
}

/**
 * The error in which a lost call ends.
 * @param seconds how long was waited for a call without a response.
 */
export function answerTo(call: Call, loss: Loss, seconds: number): CloudError {
  const { ends, lost, mode } = loss;
  if (ends !== undefined)
    return new CloudError(ends.error, ends.message.replaceAll("{zone}", lost).replaceAll("{region}", lost));
  const { name } = loss.service;
  const operation = attempted(call, loss);
  if (mode === "hang")
    return new CloudError(
      "RequestTimeout",
      `${name} ${operation} in ${lost}: no answer within ${seconds} s, context deadline exceeded (--call-timeout)`,
    );
  if (mode === "flap")
    return new CloudError(
      "ServiceUnavailable",
      `${name} ${operation} in ${lost}: the service is unavailable, please try again (${name}, status ${UNAVAILABLE})`,
    );
  return denied(call, loss);
}
