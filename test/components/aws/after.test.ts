/** A value that waits for others depends on them, and is itself. */
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { after } from "../../../components/aws/after";

const known = (output: pulumi.Output<string>): Promise<string> => new Promise((resolve) => output.apply(resolve));

describe("after", () => {
  it("gives the value alone", async () => {
    expect(await known(after("arn", [pulumi.output("policy"), undefined]))).toBe("arn");
  });

  it("waits for everything that is needed", async () => {
    let attach: (id: string) => void = () => undefined;
    const attachment = new Promise<string>((resolve) => (attach = resolve));
    let isKnown = false;
    const waiting = known(after("arn", [attachment])).then((arn) => ((isKnown = true), arn));
    await known(pulumi.output("another"));
    expect(isKnown).toBe(false);
    attach("policy");
    expect(await waiting).toBe("arn");
  });

  it("is unknown while what is needed is unknown", async () => {
    const later = pulumi.output(pulumi.unknown);
    expect(await (after("arn", [later]) as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
  });
});
