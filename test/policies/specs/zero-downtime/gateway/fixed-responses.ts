/** Cases of gateway-answers: load balancers of AWS that answer by themselves. */
import { but, from, listener } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, type Spec } from "../../../support/spec";

const fixed = (statusCode: string) => ({
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", statusCode },
});
const answering = (statusCode: string): Given => but(listener, { defaultActions: [fixed(statusCode)] });
const rule = (name: string, conditions: readonly object[], ...actions: readonly object[]): Given => ({
  type: "aws:lb/listenerRule:ListenerRule",
  name,
  options: { protect: true },
  props: { priority: 1, conditions, actions },
  links: { listenerArn: from(listener) },
});
const path = (...values: readonly string[]) => ({ pathPattern: { values } });
const host = (...values: readonly string[]) => ({ hostHeader: { values } });
const forward = { type: "forward", targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/web/1" };

/** Cases of gateway-answers: load balancers of AWS that answer by themselves. */
export const fixedCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "an error for what no rule leads on": given(answering("503"), rule("web", [host("shop.example.com")], forward)),
    "no such page by default": given(answering("404")),
    "an error for one path, and one for one host of many": given(
      listener,
      rule("admin", [path("/admin/*")], fixed("503")),
      rule("old", [host("*"), path("/old")], fixed("503")),
      rule("moved", [path("*")], { type: "redirect", redirect: { host: "shop.example.com", statusCode: "HTTP_301" } }),
    ),
    "an error for some callers": given(
      listener,
      rule("blocked", [path("/*"), { sourceIp: { values: ["192.0.2.0/24"] } }], fixed("503")),
      rule("nobody", [], fixed("503")),
    ),
  },
  bad: {
    "an error for everybody by default": given(answering("503")),
    "an error for everybody by default, beside a rule that leads nowhere": given(
      answering("500"),
      rule("robots", [path("/robots.txt")], fixed("200")),
    ),
    "an error for every path": given(listener, rule("maintenance", [path("/api", "*")], fixed("503"))),
    "an error for every host and path": given(listener, rule("maintenance", [host("*"), path("/*")], fixed("502"))),
  },
};
