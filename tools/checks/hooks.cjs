/** The hooks of this project (package.json, fridayproof.hooks), called by the command line. */
"use strict";

/** Compiled rules must be those of the sources: a stale rule would approve what the written one refuses. */
exports.prepare = (root) => require("../setup/install.cjs").buildPolicies(root);

/** Loads the environments, which the program loads anyway: only once the policies' process has been started. */
exports.problems = (stack, { root, work }) => {
  const { prerequisiteProblems } = require("./prerequisites");
  return prerequisiteProblems(stack, root, work);
};

/** Loads the facts alone, and no rule. */
exports.policyProblems = (stack, { root }) => {
  const { policyFreshnessProblems } = require("./policy-freshness");
  return policyFreshnessProblems(stack, root);
};

/** Planned from the environments as they are; the command line writes the files. */
exports.newEnvironment = (request, { root, work }) => {
  const { newEnvironment } = require("../generate/new-environment-here");
  return newEnvironment(request, root, work);
};

/** Planned from the project's files as they are; the command line writes them. */
exports.newApplication = (request, { root }) => {
  const { newApplication } = require("../generate/new-application");
  return newApplication(request, root);
};

/** What stands below gitops/ by the specs of the applications. */
exports.render = ({ root }) => {
  const { renderedApplications } = require("../generate/render");
  return renderedApplications(root);
};

/** The undo of a release, planned from what is committed. */
exports.undo = (request, { root }) => {
  const { undo } = require("../generate/undo");
  return undo(root, request);
};

/** Other weights in the environment's file; the command line writes it, and takes it back where the update fails. */
exports.shift = (request, { root }) => {
  const { shift } = require("../generate/shift");
  return shift(root, request);
};

/** The pair of production and its replica, and the files of each of its states. */
exports.legPair = ({ root }) => {
  const { legPair } = require("../generate/legs");
  return legPair(root);
};

/** Another state in the replica's file, and its policies' configuration; the command line writes them step by step. */
exports.replicaScale = (request, { root }) => {
  const { replicaScale } = require("../generate/replica-scale");
  return replicaScale(root, request);
};

/** What a release of an application does. */
exports.releasePlan = (application, { root }) => {
  const { releasePlan } = require("../generate/release-plan");
  return releasePlan(root, application);
};

/** Hints about errors of the program, by a part of their text. */
const HINTS = [
  [
    "because it is protected",
    (stack) =>
      `A slot or pool that is to go is given \`retiring: true\`, a zone is named in \`retiringZones\`, and the environment is brought up once more before it is removed; all of ${stack} goes with \`make destroy STACK=${stack}\` (docs/teardown.md).`,
  ],
  [
    "NotFound: no certificate for",
    () =>
      "The account's foundation is older than stacks/account/foundation.ts: `make up STACK=foundation` makes the certificate.",
  ],
];

/** The hints for the errors of a run. */
exports.hints = (errors, stack) =>
  HINTS.filter(([part]) => errors.some((message) => message.includes(part))).map(([, hint]) => hint(stack));
