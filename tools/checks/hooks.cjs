/** What this project has the command line do before and after its runs (package.json, fridayproof.hooks). */
"use strict";

/** Compiled rules must be those of the sources: a stale rule would approve what the written one refuses. */
exports.prepare = (root) => require("../setup/install.cjs").buildPolicies(root);

/** Loads the environments, which the program loads anyway: only once the policies' process has been started. */
exports.problems = (stack, { root, work }) => {
  const { prerequisiteProblems } = require("./prerequisites");
  return prerequisiteProblems(stack, root, work);
};

/** Planned from the environments as they are; the command line writes the files. */
exports.newEnvironment = (request, { root, work }) => {
  const { newEnvironment } = require("../generate/new-environment-here");
  return newEnvironment(request, root, work);
};

/** A protected resource is named by the engine; how this program lets go of one, only this project knows. */
exports.hints = (errors, stack) =>
  errors.some((message) => message.includes("because it is protected"))
    ? [
        `A slot or pool that is to go is given \`retiring: true\`, a zone is named in \`retiringZones\`, and the environment is brought up once more before it is removed; all of ${stack} goes with \`make destroy STACK=${stack}\` (docs/teardown.md).`,
      ]
    : [];
