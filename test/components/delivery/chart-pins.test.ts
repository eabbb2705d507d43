/** The charts of the lock file: each pinned, with its source. */
import { describe, expect, test } from "vitest";
import lock from "../../../stacks/env.lock.json";

const { charts } = lock;

describe("the lock file's charts", () => {
  test.each(Object.entries(charts))("%s is pinned exactly and says where it comes from", (_, row) => {
    expect(row.version).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(row.appVersion).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(row.repository).toMatch(/^(https|oci):\/\//);
    expect(row.source).toMatch(/^https:\/\/github\.com\//);
    expect(row.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(row.digest).toMatch(/^(unresolved|sha256:[0-9a-f]{64})$/);
  });
});
