/** Cases of the rule about weights and what fills their target groups. */
import { weightsAfterGateway } from "../../../../../policies/zero-downtime/load-balancer/weights-after-gateway";
import { but, from } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, previewed, type Spec, UNKNOWN } from "../../../support/spec";

const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";

const group = (name: string): Given => ({
  type: "aws:lb/targetGroup:TargetGroup",
  name,
  props: { arn: `arn:${name}` },
});
const [blue, green] = [group("blue"), group("green")];
const [newBlue, newGreen] = [but(blue, { arn: UNKNOWN }), but(green, { arn: UNKNOWN })];
const bindingOf = (filled: Given): Given => ({
  ...object("elbv2.k8s.aws/v1beta1:TargetGroupBinding", `${filled.name}-binding`, {}),
  links: { spec: from(filled) },
});
const [blueBinding, greenBinding] = [bindingOf(blue), bindingOf(green)];
/** Pods that wait for their binding, as a gateway's release does. */
const greenRelease: Given = {
  ...object("helm.sh/v3:Release", "green-release", {}),
  dependencies: from(greenBinding),
};
const listener: Given = { type: "aws:lb/listener:Listener", name: "https", props: {} };

const forward = (...shares: readonly (readonly [unknown, number])[]) => [
  { type: "forward", forward: { targetGroups: shares.map(([arn, weight]) => ({ arn, weight })) } },
];
const known = (blueWeight: number, greenWeight: number) =>
  forward(["arn:blue", blueWeight], ["arn:green", greenWeight]);
const hidden = (blueWeight: number, greenWeight: number) => forward([UNKNOWN, blueWeight], [UNKNOWN, greenWeight]);

const rule = (actions: unknown, ...waitsFor: readonly Given[]): Given => ({
  type: LISTENER_RULE,
  name: "weights",
  props: { actions, conditions: [{ pathPattern: { values: ["*"] } }] },
  links: { actions: from(blue, green), listenerArn: from(listener) },
  dependencies: from(listener, blue, green, ...waitsFor),
});
const byDefault = (actions: unknown): Given => ({
  ...listener,
  props: { defaultActions: actions },
  links: { defaultActions: from(blue, green) },
  dependencies: from(blue, green),
});
const halfHidden = forward(["arn:blue", 80], [UNKNOWN, 20]);
const ruleFor = (...values: readonly string[]): Given =>
  but(rule(known(0, 100), greenRelease), { conditions: [{ pathPattern: { values } }] });
const cluster = [blue, green, blueBinding, greenBinding, greenRelease];
const fresh = [newBlue, newGreen, blueBinding, greenBinding, greenRelease];

/** Cases of the rule about weights and what fills their target groups. */
export const weightSpecs: readonly Spec[] = [
  {
    rule: weightsAfterGateway,
    good: {
      "a rule that waits for the binding of the group it serves": given(...cluster, rule(known(0, 100), greenBinding)),
      "a rule that waits for a release whose pods wait for the binding": given(
        ...cluster,
        rule(known(0, 100), greenRelease),
      ),
      "both served, both waited for": given(...cluster, rule(known(80, 20), blueBinding, greenRelease)),
      "groups that are not made yet": given(...fresh, rule(hidden(0, 100), greenRelease)),
      "a group that nothing of this stack fills": given(blue, green, rule(known(0, 100))),
      "a default action beside a rule for all paths": given(
        ...cluster,
        byDefault(known(0, 100)),
        rule(known(0, 100), greenRelease),
      ),
      "a default action beside a rule for every path, written as one": given(
        ...cluster,
        byDefault(known(0, 100)),
        ruleFor("/*"),
      ),
      "a default action beside a rule for some paths or all": given(
        ...cluster,
        byDefault(known(0, 100)),
        ruleFor("/shop", "*"),
      ),
      "one of two bindings of a group": given(
        ...cluster,
        { ...greenBinding, name: "second-binding" },
        rule(known(0, 100), greenBinding),
      ),
      "one group that is not made yet, all of them waited for": previewed(
        ...cluster,
        rule(halfHidden, blueBinding, greenBinding),
      ),
      "a default action for one group alone": given(...cluster, byDefault(forward(["arn:green", 100]))),
      "a default action for one group by its ARN": given(
        ...cluster,
        byDefault([{ type: "forward", targetGroupArn: "arn:green" }]),
      ),
      "a redirect": given(...cluster, byDefault([{ type: "redirect", redirect: { statusCode: "HTTP_301" } }])),
    },
    bad: {
      "a rule that waits for nothing": given(...cluster, rule(known(0, 100))),
      "a rule that waits for the other group": given(...cluster, rule(known(20, 80), blueBinding)),
      "a rule for one group, whatever its weight": given(...cluster, rule(forward(["arn:green", 0]))),
      "a rule for one group by its ARN": given(...cluster, rule([{ type: "forward", targetGroupArn: "arn:green" }])),
      "a weight that AWS takes for 1": given(
        ...cluster,
        rule([{ type: "forward", forward: { targetGroups: [{ arn: "arn:blue", weight: 0 }, { arn: "arn:green" }] } }]),
      ),
      "groups that are not made yet": given(...fresh, rule(hidden(80, 20), greenRelease)),
      "groups that are not made yet, none waited for": given(...fresh, rule(hidden(0, 100))),
      "groups that are not made yet, beside a neighbour that is none": given(listener, ...fresh, {
        ...rule(hidden(80, 20), greenRelease),
        links: { actions: from(blue, green, listener) },
      }),
      "a group that is not made yet beside one that is, one of them waited for": previewed(
        ...cluster,
        rule(halfHidden, blueBinding),
      ),
      "a group that is not made yet beside one that is, behind a sign-in": previewed(
        ...cluster,
        rule([{ type: "authenticate-oidc" }, ...halfHidden], blueBinding),
      ),
      "a default action that shares, and a rule of another listener": given(...cluster, byDefault(known(0, 100)), {
        ...rule(known(0, 100), greenRelease),
        links: { actions: from(blue, green), listenerArn: from({ ...listener, name: "other" }) },
      }),
      "a default action that shares, and a rule without conditions": given(
        ...cluster,
        byDefault(known(0, 100)),
        but(rule(known(0, 100), greenRelease), { conditions: [] }),
      ),
      "a default action that shares, and no rule": given(...cluster, byDefault(known(0, 100))),
      "a default action that shares, and a rule for some paths": given(
        ...cluster,
        byDefault(known(0, 100)),
        but(rule(known(0, 100), greenRelease), { conditions: [{ pathPattern: { values: ["/shop"] } }] }),
      ),
      "a default action that shares, and a rule for some hosts": given(
        ...cluster,
        byDefault(known(0, 100)),
        but(rule(known(0, 100), greenRelease), {
          conditions: [{ pathPattern: { values: ["*"] } }, { hostHeader: { values: ["shop.example.com"] } }],
        }),
      ),
    },
  },
];
