/** What an instance is given is checked as a whole, before anything starts. */
import { expect, test } from "vitest";
import { configOf } from "../../../apps/sample/config";

const least = {
  DATABASE_URL: "postgres://db/sample",
  REDIS_URL: "redis://cache",
  PRICES_URL: "http://prices",
  SESSION_KEYS: "new,old",
};

test("four variables are enough; sessions follow the history, and each dependency has its need", () => {
  const config = configOf(least);
  expect(config.sessions).toEqual({ reads: [1, 2], writes: 1, keys: ["new", "old"] });
  expect(config.needs).toEqual({ postgres: "required", disk: "required", redis: "optional", prices: "optional" });
  expect([config.port, config.checkPeriodMs, config.drainWaitMs, config.drainEndMs]).toEqual([8080, 2000, 1000, 30000]);
});

test("needs may be set one by one", () => {
  expect(configOf({ ...least, DEPENDENCIES: "redis=required,postgres=optional" }).needs).toEqual({
    postgres: "optional",
    disk: "required",
    redis: "required",
    prices: "optional",
  });
});

test("everything that is wrong is named at once", () => {
  const wrong = {
    PORT: "70000",
    DEPENDENCIES: "redis=maybe",
    SESSION_READS: "3",
    FAULT_ERRORS: "2",
    ORDER_COLUMNS: "all",
  };
  expect(() => configOf({ ...least, DATABASE_URL: "", ...wrong })).toThrow(
    [
      "the environment of the sample is wrong:",
      '  PORT: got "70000"; allowed: a number from 0 to 65535; fix: Correct it, or leave it out.',
      "  DATABASE_URL: got nothing; allowed: a text; fix: Set it.",
      '  DEPENDENCIES: got "redis=maybe"; allowed: postgres, disk, redis, prices, each with = and required or optional; fix: Correct it, or leave it out.',
      '  SESSION_READS: got "3"; allowed: 1, 2, with commas; fix: Correct it, or leave it out: then the release\'s own history decides.',
      '  ORDER_COLUMNS: got "all"; allowed: item, both, product; fix: Correct it, or leave it out.',
      '  FAULT_ERRORS: got "2"; allowed: a number from 0 to 1; fix: Correct it, or leave it out.',
    ].join("\n"),
  );
});
