/** What stryker.config.json names as its plugin: a runner that loads the tests once, and a reporter that holds each file against its bound. */
import { PluginKind, declareClassPlugin } from "@stryker-mutator/api/plugin";
import { EachFileReporter } from "./each-file-reporter.mjs";
import { OneProcessRunner } from "./one-process-runner.mjs";

/** Stryker reads this name from every plugin. */
export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "one-process", OneProcessRunner),
  declareClassPlugin(PluginKind.Reporter, "each-file", EachFileReporter),
];
