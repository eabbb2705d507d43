/** Quantities as Kubernetes writes them. */
import { describe, expect, it } from "vitest";
import { parseQuantity } from "../../../components/core/quantity";

describe("parseQuantity", () => {
  it.each([
    ["100m", 0.1],
    ["1.5", 1.5],
    ["1e3", 1000],
    ["2k", 2000],
    ["1Ki", 1024],
    ["128Mi", 134_217_728],
    ["1G", 1e9],
    [" 1Gi ", 1_073_741_824],
    ["1T", 1e12],
  ])("reads %j as %j", (text, amount) => {
    expect(parseQuantity(text)).toBe(amount);
  });

  it.each(["", "Mi", "1 Mi", "1K", "1mi", "one", "1ki"])("finds none in %j", (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });
});
