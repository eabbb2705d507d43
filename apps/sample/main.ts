/** One instance of the sample: puts the parts together, serves until SIGTERM, and goes in order. */
import { setTimeout as pause } from "node:timers/promises";
import { configOf, type Config } from "./config";
import { Checks } from "./dependencies/checks";
import { databasePool, redisClient } from "./dependencies/clients";
import { DiskCheck } from "./dependencies/disk-check";
import { HttpCheck } from "./dependencies/http-check";
import { PostgresCheck } from "./dependencies/postgres-check";
import { RedisCheck } from "./dependencies/redis-check";
import { drain } from "./drain";
import { Flags } from "./flags/flags";
import { serverOf } from "./http/server";
import { WebSockets } from "./http/web-sockets";
import { sampleLimits } from "./limits/sample";
import { Metrics } from "./metrics";
import { Orders } from "./orders";
import { Sessions } from "./sessions/sessions";

const log = (line: Readonly<Record<string, unknown>>): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

/** A fault of a connection in the background: the next check reports it too, and the process goes on. */
const onError = (error: Error): void => void process.stderr.write(`${JSON.stringify({ problem: error.message })}\n`);

function start(config: Config): void {
  let going = false;
  const pool = databasePool(config.databaseUrl, onError);
  const redis = redisClient(config.redisUrl, () => undefined);
  const dependencies = {
    postgres: new PostgresCheck(config.databaseUrl),
    redis: new RedisCheck(redis),
    prices: new HttpCheck(config.pricesUrl),
    disk: new DiskCheck(config.diskFolder),
  };
  const checks = new Checks(dependencies, config.needs, config.checkPeriodMs);
  const flags = new Flags(config.flagsUrl);
  const draining = (): boolean => going;
  const metrics = new Metrics(config.version, () => checks.state.ready && !going);
  const orders = new Orders(pool, redis, config.pricesUrl, config.orderColumns);
  const sessions = new Sessions(config.sessions);
  const server = serverOf({ checks, flags, metrics, orders, sessions, draining }, config);
  const webSockets = new WebSockets(server, config.version);

  const leave = async (): Promise<void> => {
    if (going) return;
    going = true;
    log({ event: "draining" });
    const finished = await drain({ server, webSockets, waitMs: config.drainWaitMs, endMs: config.drainEndMs });
    flags.end();
    redis.disconnect();
    // Not awaited when the end is forced: a frozen database never confirms it.
    if (finished) await Promise.race([Promise.all([checks.end(), pool.end()]), pause(sampleLimits.queryTimeout.value)]);
    log({ event: finished ? "ended" : "cut" });
    process.exit(finished ? 0 : 1);
  };
  process.on("SIGTERM", () => void leave());
  process.on("SIGINT", () => void leave());
  server.on("error", (error) => {
    process.stderr.write(`sample: cannot listen on ${config.host}:${config.port}: ${error.message}\n`);
    process.exit(1);
  });
  checks.start();
  flags.start();
  server.listen(config.port, config.host, () =>
    log({ event: "listening", port: config.port, version: config.version }),
  );
}

try {
  start(configOf(process.env));
} catch (error) {
  process.stderr.write(`sample: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
