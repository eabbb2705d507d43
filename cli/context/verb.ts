/** What a file in verbs/ exports. */
import type { Command } from "commander";

/** Adds options and action to a command that has its name and description already. */
export type Verb = (command: Command) => void;
