/** The tests of a vitest configuration as functions: collected by vitest's own collector in this process, without its workers. */
import Module, { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** How many frames an error of a mutant carries: none, because nobody reads them and they cost more than most tests. */
const FRAMES = 0;

/**
 * Loads the test files and returns their tests: `all` in the order of the files' names, `byId` for one of them, and `finish`,
 * which calls the `afterAll` of every suite that ran. A test's `run` gives what it threw, or undefined where it passed.
 * Throws where a test file cannot be loaded, and where none is found.
 */
export async function loadTests(configFile) {
  Object.assign(process.env, { NODE_ENV: "test", VITEST: "1" });
  const { files, config } = await configured(configFile);
  const { vitest, runner } = await loadVitest(config);
  const collected = await runner.collectTests(files, {
    config,
    pool: "forks",
    viteEnvironment: "node",
    importFile: (file) => void require(file),
  });
  const broken = collected.flatMap(({ name, result }) =>
    (result?.errors ?? []).map(({ message }) => `${name}: ${message}`),
  );
  if (broken.length > 0) throw new Error(`test files that cannot be loaded: ${broken.join("; ")}`);
  Error.stackTraceLimit = FRAMES;
  const begun = new Set();
  const all = collected.flatMap((file) => testsIn(file, [file], { vitest, runner, begun }));
  const named = all.map((test, index) => ({ ...test, id: `t${index}` }));
  const ids = new Map(named.map((test) => [test.id, test]));
  return { all: named, byId: (id) => ids.get(id), finish: () => finish(begun, runner) };
}

const require = createRequire(import.meta.url);

/** Which files the configuration lists, and its settings as a worker of vitest's gets them. */
async function configured(configFile) {
  const { createVitest } = await import("vitest/node");
  const vitest = await createVitest("test", { config: configFile, watch: false });
  try {
    const specifications = await vitest.globTestSpecifications();
    if (specifications.length === 0) throw new Error(`${configFile}: its \`include\` finds no test file`);
    const config = vitest.getRootProject().serializedConfig;
    // By name: a process that Stryker starts later must number the tests alike, and vitest's own order follows its last runs.
    const files = specifications.map(({ moduleId }) => moduleId).toSorted();
    return { files, config };
  } finally {
    await vitest.close();
  }
}

/**
 * The package `vitest` outside of its own worker, with the runner that it is built on, for test files that are
 * required as CommonJS. Its entry for `require` only throws, so the module stands in the cache in that entry's place.
 */
async function loadVitest(config) {
  Object.defineProperty(globalThis, "__vitest_worker__", { value: { config }, configurable: true });
  const vitest = await import("vitest");
  const entry = require.resolve("vitest");
  require.cache[entry] = Object.assign(new Module(entry), { exports: vitest, filename: entry, loaded: true });
  // The very copy that vitest imports: another one would collect nothing.
  const runner = await import(pathToFileURL(createRequire(entry).resolve("@vitest/runner")).href);
  require("tsx/cjs/api").register();
  return { vitest, runner };
}

function testsIn(suite, chain, loaded) {
  return suite.tasks.flatMap((task) => {
    if (task.mode === "skip" || task.mode === "todo") return [];
    if (task.type === "suite") return testsIn(task, [...chain, task], loaded);
    const name = [...chain.slice(1), task].map((part) => part.name).join(" ");
    return [{ name, fileName: path.resolve(chain[0].filepath), run: () => run(task, chain, loaded) }];
  });
}

/** What the test threw, or undefined: with the hooks around it, in the order in which vitest calls them. */
async function run(task, chain, { vitest, runner, begun }) {
  try {
    for (const suite of chain) await begin(suite, begun, runner);
    for (const suite of chain) await each(runner.getHooks(suite).beforeEach, task.context);
    try {
      await runner.getFn(task)();
    } finally {
      for (const suite of chain.toReversed()) await each(runner.getHooks(suite).afterEach.toReversed(), task.context);
      vitest.vi.restoreAllMocks();
    }
  } catch (error) {
    return error ?? new Error("the test threw nothing");
  }
}

async function begin(suite, begun, runner) {
  if (begun.has(suite)) return;
  begun.add(suite);
  await each(runner.getHooks(suite).beforeAll, suite);
}

async function finish(begun, runner) {
  for (const suite of [...begun].toReversed()) await each(runner.getHooks(suite).afterAll.toReversed(), suite);
  begun.clear();
}

async function each(hooks, argument) {
  for (const hook of hooks) await hook(argument);
}
