/** What `pulumi up` runs: the stack's name decides whether it is the account's foundation or an environment of `environments.ts`. */
import * as pulumi from "@pulumi/pulumi";
import { foundationProgram } from "./account/program";
import { program } from "./program/program";

// Pulumi calls an exported function inside the stack and takes what it returns as outputs; a `default` export it would
// take for an output itself. Nothing happens when a test imports this file.
module.exports = () => (pulumi.getStack() === "foundation" ? foundationProgram() : program());
