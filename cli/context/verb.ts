/** The interface of a file in verbs/. */
import type { Command } from "commander";

/** Adds options and action to a command, which has name and description already. */
export type Verb = (command: Command) => void;
