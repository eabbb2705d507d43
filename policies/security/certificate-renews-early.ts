/** Rule certificate-renews-early. */
import { workloadLimits } from "../limits/workloads";
import { secondsOf, secondsPer } from "../kit/reading/amount";
import { type Finding, violation } from "../kit/finding/finding";
import { objectName } from "../kit/kubernetes/kubernetes";
import { fix, remove, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { resourceRule } from "../kit/rule/rule";
import { quantity } from "../kit/rule/settings";
import { types } from "../kit/reading/types";

const { h: hour, d: day } = secondsPer;
const percent = 100;
/** cert-manager's defaults: 90 days, renewed when a third is left. */
const usualDays = 90;
const third = 3;

/** A certificate is renewed early enough to retry after failures. */
export const certificateRenewsEarly = resourceRule({
  id: "certificate-renews-early",
  group: "security",
  level: "mandatory",
  forbids:
    "A certificate whose renewal begins shortly before it ends, or as soon as it is there, and an issuer whose certificates nobody trusts.",
  prevents: "One failed renewal, a rate limit or a weekend, and every client refuses the connection.",
  source:
    "cert-manager, Certificate, duration and renewBefore: a third of the duration is left by default; Let's Encrypt, staging environment",
  settings: {
    share: quantity(workloadLimits.renewalShareAtLeast, "lower", { minimum: 1 }),
    days: quantity(workloadLimits.renewalDaysAtMost, "lower", { minimum: 1 }),
  },
  resourceTypes: [types.certificate, types.issuer, types.clusterIssuer],
  examples: { bad: "duration: 24h, renewBefore: 5m", good: "duration: 2160h, renewBefore: 720h" },
  *check(certificate, { share, days }) {
    if (!certificate.is(types.certificate)) {
      yield* checkIssuer(certificate);
      return;
    }
    const spec = certificate.at("spec");
    const duration = secondsOf(spec.at("duration")) ?? usualDays * day;
    const percentage = spec.at("renewBeforePercentage");
    const stated = percentage.isSet() ? percentage : spec.at("renewBefore");
    const left = percentage.isSet() ? ((percentage.number() ?? 0) * duration) / percent : secondsOf(stated);
    const before = left ?? duration / third;
    const least = Math.min((duration * share) / percent, days * day);
    const hoursText = (seconds: number): string => `${Number((seconds / hour).toFixed(1))} h`;
    if (before >= least && before <= duration - least) return;
    yield violation(certificate, {
      at: stated.path,
      got: `${hoursText(before)} left of ${hoursText(duration)} when the renewal begins`,
      expected: `${hoursText(least)} to ${hoursText(duration - least)}`,
      fix: fix`${remove(stated)}, which leaves a third`,
    });
  },
});

/** Staging servers of Let's Encrypt, ZeroSSL and Google. Browsers do not trust their roots. */
const forTests = /(^|[/.-])(acme-)?(staging|test)([-.]|$)/i;

/**
 * A staging server in an issuer whose name does not say so: a Certificate that references it fails TLS
 * verification in every client.
 */
function* checkIssuer(issuer: Resource): Iterable<Finding> {
  const server = issuer.at("spec", "acme", "server");
  const [, host = ""] = /^https:\/\/([^/:]+)/.exec(server.textOrEmpty()) ?? [];
  if (!forTests.test(host) || /staging|test|dev/i.test(objectName(issuer))) return;
  yield violation(issuer, {
    at: server.path,
    got: "a server for tests, whose certificates every client refuses",
    expected: "the server that clients trust, or an issuer whose name says staging",
    fix: set(server, "https://acme-v02.api.letsencrypt.org/directory"),
  });
}
