/**
 * Loaded before the policy pack on the sandbox: one process serves a plan and the update after it. The real engine starts
 * the pack anew for each and marks it by PULUMI_NODEJS_DRY_RUN; here a message ends the preview.
 */
"use strict";

process.on("message", (phase) => {
  if (phase !== "update") return;
  const { createRequire } = require("node:module");
  const path = require("node:path");
  // The pack's own copy of the SDK: the one that its rules use.
  createRequire(path.join(process.cwd(), "package.json"))("@pulumi/pulumi/runtime/settings")._setIsDryRun(false);
  process.send(phase);
});
