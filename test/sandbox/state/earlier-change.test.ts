/** A journal that version 0.1.0 left behind is read: its two words for pending deletions have today's meaning. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { currentChange } from "../../../sandbox/state/earlier-change";
import type { ResourceState } from "../../../sandbox/state/resource-state";
import type { Change } from "../../../sandbox/state/snapshot";
import { StateFile, statePath } from "../../../sandbox/state/state-file";
import { JournaledFile } from "../../../sandbox/storage/journaled-file";

const urn = "urn:pulumi:dev::p::random:index/randomId:RandomId::r";
const resource = (id: string): ResourceState => ({ urn, type: "random:index/randomId:RandomId", custom: true, id });

describe("a journal of version 0.1.0", () => {
  let work = "";
  beforeAll(() => {
    work = mkdtempSync(path.join(tmpdir(), "earlier-change-"));
  });
  afterAll(() => rmSync(work, { recursive: true }));

  it.each<[Parameters<typeof currentChange>[0], Change]>([
    [
      { kind: "doom", urn },
      { kind: "pending-delete", urn },
    ],
    [
      { kind: "drop", urn, id: "a", doomed: true },
      { kind: "drop", urn, id: "a", pendingDelete: true },
    ],
    [
      { kind: "drop", urn, doomed: false },
      { kind: "drop", urn, pendingDelete: false },
    ],
    [
      { kind: "drop", urn, pendingDelete: false },
      { kind: "drop", urn, pendingDelete: false },
    ],
    [
      { kind: "same", urn },
      { kind: "same", urn },
    ],
  ])("%j is read as today's %j", (line, change) => {
    expect(currentChange(line)).toEqual(change);
  });

  it("is continued: what it was about to delete is still to be deleted, and the next lines have today's names", async () => {
    const first = await StateFile.open(work, "dev", "sandbox");
    first.snapshot.apply({ kind: "put", resource: resource("old") });
    first.save();
    const left = new JournaledFile<object>(statePath(work, "dev"));
    left.append({ kind: "doom", urn });
    left.append({ kind: "put", resource: resource("new") });
    left.close();

    const next = await StateFile.open(work, "dev", "sandbox");
    expect(next.snapshot.toDelete()).toEqual([{ ...resource("old"), delete: true }]);
    expect(next.snapshot.get(urn)).toEqual(resource("new"));
    next.snapshot.apply({ kind: "drop", urn, id: "old", pendingDelete: true });
    const journal = readFileSync(statePath(work, "dev").replace(/\.json$/, ".journal.jsonl"), "utf8");
    expect(journal.trimEnd().split("\n").at(-1)).toBe(
      JSON.stringify({ kind: "drop", urn, id: "old", pendingDelete: true }),
    );
    expect((await StateFile.open(work, "dev", "sandbox")).snapshot.list()).toEqual([resource("new")]);
  });
});
