/** Load balancers that keep requests inside of a zone: one without a healthy target answers 503 while others have room. */
import { type Finding, violation } from "../../kit/finding/finding";
import { remove } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";

/** Protocols of application load balancers. Others keep a connection with one target, which is a choice. */
const requestProtocols: ReadonlySet<string> = new Set(["HTTP", "HTTPS"]);

/** A zone by itself is a design of network load balancers; behind an application load balancer it is an error of one in several. */
export function* checkCrossZone(resource: Resource): Iterable<Finding> {
  const isGroup = resource.is(types.targetGroup);
  const field = resource.at(isGroup ? "loadBalancingCrossZoneEnabled" : "enableCrossZoneLoadBalancing");
  if (field.text() !== "false") return;
  const ofRequests = isGroup && requestProtocols.has(resource.at("protocol").textOrEmpty().toUpperCase());
  yield violation(resource, {
    at: field.path,
    got: "false, so that a zone whose targets are gone gives errors",
    expected: "targets of every zone for every request",
    fix: remove(field),
    advisory: !ofRequests,
  });
}
