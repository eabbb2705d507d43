/** One change in place a line: what it is about, Terraform's type, properties before and after, and what the table says. */
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../../guard/verdict";
import recorded from "./recordings/updates.json";
import { verdictOnBytes, terraform } from "./support";

type Values = Record<string, unknown>;

const updates = recorded as unknown as readonly (readonly [string, string, Values, Values, Verdict])[];

describe("an update in place", () => {
  test.each(updates)("%s", (_about, type, before, after, verdict) => {
    expect(verdictOnBytes(terraform([{ type, before, after }])).verdict).toBe(verdict);
  });

  test.each(updates)("%s: nothing where nothing differs", (_about, type, before) => {
    expect(verdictOnBytes(terraform([{ type, before, after: before }])).verdict).toBe("SAFE");
  });
});
