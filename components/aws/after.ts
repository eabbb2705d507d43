/** Values that wait for more than their own resource: AWS gives an id before the thing works. */
import * as pulumi from "@pulumi/pulumi";

/**
 * The value, known only once all of `needed` is known: its consumers wait for those resources as well, whatever
 * wires the graph.
 */
export function after(value: pulumi.Input<string>, needed: readonly pulumi.Input<unknown>[]): pulumi.Output<string> {
  return pulumi.all([value, pulumi.all([...needed])]).apply(([known]) => known);
}
