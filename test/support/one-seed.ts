/** Property tests try the same values in every run: a mutant's verdict must not depend on luck. */
import fc from "fast-check";

fc.configureGlobal({ seed: 49 });
