/** Addresses are read as Node reads them, which loads a module that core may not. */
import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatV4, parseAddress } from "../../../components/core/ip-address";

/** Texts that are an address, or nearly one. */
const part = fc.oneof(
  fc.constantFrom("", "0", "00", "1", "255", "256", "ffff", "FFFF", "10000", "g", "1.2.3.4", "1.2.3.400"),
);
const text = (separator: string, most: number) =>
  fc.array(part, { minLength: 1, maxLength: most }).map((parts) => parts.join(separator));

describe("parseAddress", () => {
  it("takes what Node takes, and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(text(".", 5), text(":", 10), fc.ipV4(), fc.ipV6()), (address) => {
        const family = isIPv4(address) ? "IPv4" : isIPv6(address) ? "IPv6" : undefined;
        expect(parseAddress(address)?.family).toBe(family);
      }),
      { numRuns: 1000 },
    );
  });

  it("writes every IPv4 address as it was read", () => {
    fc.assert(fc.property(fc.ipV4(), (address) => formatV4(parseAddress(address)?.value ?? -1n) === address));
  });

  it.each([
    ["::ffff:10.1.2.3", "0xffff0a010203"],
    ["64:ff9b::192.0.2.33", "0x64ff9b0000000000000000c0000221"],
    ["1:2:3:4:5:6:10.1.2.3", "0x1000200030004000500060a010203"],
  ])("counts the IPv4 tail of %s", (address, value) => {
    expect(parseAddress(address)).toEqual({ family: "IPv6", value: BigInt(value) });
  });

  it("takes no address with a zone, which Node would", () => {
    expect(isIPv6("fe80::1%eth0")).toBe(true);
    expect(parseAddress("fe80::1%eth0")).toBeUndefined();
  });
});
