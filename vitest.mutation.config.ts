/**
 * Tests that judge mutants: the predicates and their page, without processes. One module graph serves all files, and the
 * cheap ones go first: a mutant runs until the first test that fails, and the sweep takes longer than the rest together.
 */
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { defineConfig } from "vitest/config";

const isSweep = ({ moduleId }: TestSpecification): number => Number(moduleId.endsWith("sweep.test.ts"));

class SweepLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((left, right) => isSweep(left) - isSweep(right));
  }
}

export default defineConfig({
  server: { host: "127.0.0.1" },
  test: {
    include: [
      "test/policies/{rules,remedies,fixes,exemption,sync-window,sweep,generated}.test.ts",
      "test/policies/{kit,conditions,credentials,documented}/*.test.ts",
      "test/policies/manifests/{exemption-file,parse}.test.ts",
    ],
    restoreMocks: true,
    // With the mutants in it the code is slower: on a busy machine the sweep's tests need longer than the usual 5 s.
    testTimeout: 60_000,
    isolate: false,
    sequence: { sequencer: SweepLast },
  },
});
