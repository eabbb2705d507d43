/** What the API server has against a NetworkPolicy. Source: pkg/apis/networking/validation, ValidateNetworkPolicySpec. */
import { contains, parseCidr } from "@fridayproof/components/core";
import type { Field } from "../../kit/reading/field";
import type { Violation } from "../../kit/finding/finding";
import { remove } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";

/** Faults of blocks and ranges. */
export function* networkPolicyViolations(policy: Resource): Iterable<Violation> {
  for (const [direction, peers] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const)
    for (const rule of policy.at("spec", direction).list()) {
      for (const peer of rule.at(peers).list()) yield* blockViolations(peer.at("ipBlock"));
      for (const port of rule.at("ports").list()) yield* rangeViolations(port);
    }
}

/** Exceptions of a block are parts of it. Source: ValidateIPBlock. */
function* blockViolations(block: Field): Iterable<Violation> {
  const cidr = parseCidr(block.at("cidr").textOrEmpty());
  for (const one of block.at("except").list()) {
    const part = parseCidr(one.textOrEmpty());
    if (cidr === undefined || part === undefined || (contains(cidr, part) && cidr.prefix < part.prefix)) continue;
    yield {
      at: one.path,
      got: "an exception that is no part of the block",
      expected: "a smaller block inside of it: the API refuses it otherwise",
      fix: remove(one),
    };
  }
}

/** A range begins with the port. Source: validateNetworkPolicyPort. */
function* rangeViolations(port: Field): Iterable<Violation> {
  const [first, last] = [port.at("port"), port.at("endPort")];
  const end = last.number();
  if (end === undefined) return;
  const stated = first.textOrEmpty();
  const start = /^\d+$/.test(stated) ? Number(stated) : undefined;
  if (start !== undefined && end >= start) return;
  yield {
    at: last.path,
    got:
      start === undefined ? "the end of a range without a number that begins it" : "a range that ends before it begins",
    expected: "a number from the port on: the API refuses it otherwise",
    fix: remove(last),
  };
}
