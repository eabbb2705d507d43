/** For mutants, which share one process: an outcome that one of them changed must not be in the cache of the next. */
import { beforeEach } from "vitest";
import { clearConditions } from "../../policies/kit/argo-rollouts/expressions/gate";

beforeEach(clearConditions);
