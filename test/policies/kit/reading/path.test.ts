/** Paths of properties are taken apart as rules write them. */
import { describe, expect, it } from "vitest";
import { keysOf } from "../../../../policies/kit/reading/path";

describe("a property's path", () => {
  it.each([
    ["spec", ["spec"]],
    ["spec.containers[0].name", ["spec", "containers", 0, "name"]],
    ["items[12].a", ["items", 12, "a"]],
    ['metadata.annotations["example.com/a-b"].x', ["metadata", "annotations", "example.com/a-b", "x"]],
    ['a["x"]["yz"][3]', ["a", "x", "yz", 3]],
    ['a[""]', ["a", ""]],
    ["", []],
  ])("%s has its keys", (path, keys) => {
    expect(keysOf(path)).toEqual(keys);
  });
});
