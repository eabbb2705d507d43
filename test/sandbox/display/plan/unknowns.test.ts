/** A plan of dev whose values only the update knows, at both widths: each says what it waits for. */
import type { ResourceTransformation } from "@pulumi/pulumi";
import pc from "picocolors";
import { expect, it } from "vitest";
import { planScreen } from "../../../../sandbox/display/plan/screen";
import { dev } from "../../../../stacks/environments/dev";
import { Standing } from "../../../support/change";

const MINUTES_3 = 180_000;

/** Target groups of instances in place of addresses, which AWS changes by a new target group only. */
const ofInstances: ResourceTransformation = ({ type, props, opts }) =>
  type === "aws:lb/targetGroup:TargetGroup" ? { props: { ...props, targetType: "instance" }, opts } : undefined;

it(
  "values that are unknown name what they come from, and that it is replaced",
  async () => {
    const standing = await Standing.of({ environment: dev });
    const { result } = (await standing.foresee({ environment: dev }, ofInstances)).graph;
    for (const columns of [80, 160]) {
      const lines = planScreen(result, { stack: "dev", columns, colors: pc.createColors(false) });
      expect(lines.filter((line) => line.length > columns)).toEqual([]);
      await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`../../../goldens/screens/unknown-${columns}.txt`);
    }
  },
  MINUTES_3,
);
