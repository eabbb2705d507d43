/** What `pulumi up` runs: the stack's name says which environment of `environments.ts` is declared. */
import { program } from "./program";

// Pulumi calls an exported function inside the stack and takes what it returns as outputs; a `default` export it would
// take for an output itself. Nothing happens when a test imports this file.
module.exports = program;
