/**
 * Loaded first by a process that serves another one: it ends when its standard input ends. The parent holds the other
 * end of that pipe, and the system closes it however the parent dies, by SIGKILL too, where no code of it runs any more.
 */
"use strict";

process.stdin.on("close", () => process.exit(0)).resume();
