/** ARNs of the resources of a graph, as the rows of their calls have them. */
import { SANDBOX_ACCOUNT } from "../../../stacks/inputs/conventions";
import type { GraphResource } from "../../support/graph";
import type { Calls } from "./row";

function filled(template: string, { id, inputs, outputs }: GraphResource, region: string): string {
  const values: Record<string, unknown> = { ...outputs, ...inputs, id, region, account: SANDBOX_ACCOUNT };
  return template.replace(/\{([\w.]+)\}/g, (_, key: string) => {
    const found = key.split(".").reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], values);
    return String(found);
  });
}

/** The resource's own ARN, and those of what its calls name besides, by resource type. */
export function arnsOf(resource: GraphResource, calls: Calls, region: string): Record<string, string> {
  const own = calls.arn === undefined ? String(resource.outputs.arn) : filled(calls.arn, resource, region);
  const others = Object.entries(calls.on ?? {}).map(([type, arn]) => [type, filled(arn, resource, region)]);
  return { ...(Object.fromEntries(others) as Record<string, string>), [calls.is]: own };
}
