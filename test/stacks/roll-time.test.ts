/** An update of nodes ends before Pulumi gives it up, and before the session of the role that makes it. */
import { expect, test } from "vitest";
import { rollTimeout, splitSize } from "../../components/cluster/pool-size";
import { clusterLimits } from "../../components/core/limits/cluster";
import { foundationLimits } from "../../components/core/limits/foundation";
import { inSeconds } from "../../components/core/units";
import { environments } from "../../stacks/environments/environments";

/** What an update does besides: the control plane's minor, add-ons and charts. */
const THE_REST = 3600;

const pools = environments.flatMap(({ name, zones, pools: sizes }) =>
  Object.entries(sizes).map(([pool, { size }]) => ({ pool: `${name}/${pool}`, size, zones })),
);

test.each(pools)(
  "$pool rolls within its groups' time-outs, and with the rest of an update within the session",
  ({ size, zones }) => {
    const seconds = inSeconds(clusterLimits.nodeRoll);
    for (const part of splitSize(size, zones).values()) {
      expect(part.max * seconds).toBeLessThanOrEqual(Number.parseInt(rollTimeout(part), 10));
    }
    // The groups of a pool roll one after another, pools beside each other.
    expect(size.max * seconds + THE_REST).toBeLessThanOrEqual(inSeconds(foundationLimits.deploySession));
  },
);

test("a build of the runner lasts as long as the session", () => {
  expect(inSeconds(foundationLimits.runnerTimeout)).toBe(inSeconds(foundationLimits.deploySession));
});
