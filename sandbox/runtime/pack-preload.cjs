/** Loaded before the policy pack on the sandbox: the same SDK as beside it, lighter or as it is. */
"use strict";

if (process.env.FRIDAYPROOF_PLAIN_SDK !== "1") require("./lighter-sdk.cjs");
