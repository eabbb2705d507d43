/** The configuration of a stack: what its file says, over which a run's own values stand. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../../sandbox/host/project";

/** A folder with the file of the stack dev. */
function folderWith(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "stack config "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(path.join(folder, "Pulumi.dev.yaml"), text);
  return folder;
}

describe("the configuration of a stack", () => {
  it("is what its file says, and what the run says instead", () => {
    const folder = folderWith("config:\n  shop:size: 3\n  shop:zones: [a, b]\n");
    expect(readConfig(folder, "dev", { "shop:size": "4" })).toEqual({ "shop:size": "4", "shop:zones": '["a","b"]' });
  });

  it.each(["", "{}\n", "config:\n", "secretsprovider: passphrase\n", "# nothing yet\n"])(
    "is empty where the file says nothing of it: %j",
    (text) => {
      expect(readConfig(folderWith(text), "dev")).toEqual({});
    },
  );

  it.each(["config: small\n", "config: [a]\n", "- config\n", "config\n"])(
    "is refused where it is no map: %j",
    (text) => {
      const folder = folderWith(text);
      expect(() => readConfig(folder, "dev")).toThrow(
        `${path.join(folder, "Pulumi.dev.yaml")}: \`config:\` must be a map of namespace:key to value.`,
      );
    },
  );
});
