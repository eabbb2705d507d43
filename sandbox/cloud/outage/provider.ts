/** A provider whose calls go through what is lost: those that get through are the provider's own. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Eventually, Known, Provider, ResourceIdentity } from "../../protocol/provider";
import type { PropertyMap } from "../../property/values";
import { hashHex } from "../account/hash-hex";
import { answerTo } from "./answers";
import { outageLimits } from "./limits";
import type { Loss } from "./loss";
import type { Outages } from "./outage";
import type { Call, CallKind } from "./services";

/** What becomes of a call, and how it is written down; undefined where it gets through. */
export interface Way {
  /** The call of this object. */
  readonly call: (token: string, kind: CallKind, inputs: PropertyMap) => Call;
  readonly loss: (call: Call) => Loss | undefined;
  /** The error of a lost call, where it is not a call of AWS. */
  readonly answer?: (call: Call, loss: Loss, seconds: number) => Error;
}

const DRAW_DIGITS = 8;
const DRAWS = 16 ** DRAW_DIGITS;

/** A number from 0 to below 1: the same for the same call of the same run. */
function drawn(seed: number, subject: string, attempt: number): number {
  return parseInt(hashHex(`${seed}/${subject}/${attempt}`, DRAW_DIGITS), 16) / DRAWS;
}

/** The provider behind what is lost. Checks, comparisons and forecasts make no call. */
export function behind(provider: Provider, outages: Outages, way: Way): Provider {
  const attempts = new Map<string, number>();
  const passes = ({ mode, seed }: Loss, subject: string): boolean => {
    if (mode !== "flap") return false;
    const attempt = (attempts.get(subject) ?? 0) + 1;
    attempts.set(subject, attempt);
    return drawn(seed, subject, attempt) >= outageLimits.flapFailures.value;
  };
  const send = <T>(subject: string, call: Call, answer: () => Eventually<T>): Eventually<T> => {
    const loss = way.loss(call);
    if (loss === undefined || passes(loss, `${call.kind} ${subject}`)) return answer();
    const error = (way.answer ?? answerTo)(call, loss, outages.callTimeout);
    if (loss.mode !== "hang") throw error;
    return sleep(outages.callTimeout * 1000).then(() => {
      throw error;
    });
  };
  const about = <T>(
    kind: CallKind,
    { urn, type }: ResourceIdentity,
    inputs: PropertyMap,
    answer: () => Eventually<T>,
  ) => send(urn, way.call(type, kind, inputs), answer);
  return {
    ...calls(provider, about),
    check: provider.check.bind(provider),
    diff: provider.diff.bind(provider),
    invoke: (token, args) => send(token, way.call(token, "read", args), () => provider.invoke(token, args)),
    construct: provider.construct?.bind(provider),
    // The account's own record of who made what, which is no call to AWS.
    adopt: provider.adopt?.bind(provider),
  };
}

type About = <T>(
  kind: CallKind,
  identity: ResourceIdentity,
  inputs: PropertyMap,
  answer: () => Eventually<T>,
) => Eventually<T>;

/** The calls about one object. */
function calls(provider: Provider, about: About): Pick<Provider, "create" | "read" | "update" | "delete"> {
  return {
    create: (identity, inputs, preview) =>
      preview
        ? provider.create(identity, inputs, preview)
        : about("create", identity, inputs, () => provider.create(identity, inputs, preview)),
    read: (identity, id, known) => about("read", identity, known.inputs, () => provider.read(identity, id, known)),
    update: (identity, old: Known, news, preview) =>
      preview
        ? provider.update(identity, old, news, preview)
        : about("update", identity, news, () => provider.update(identity, old, news, preview)),
    delete: (identity, old) => about("delete", identity, old.inputs, () => provider.delete(identity, old)),
  };
}
