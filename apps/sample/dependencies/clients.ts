/** The clients of the service: each gives up by itself, because the library's default is to wait for ever. */
import { Redis } from "ioredis";
import { Pool } from "pg";
import { sampleLimits } from "../limits/sample";

/** Connections to PostgreSQL for requests. Statements are unnamed and name their columns: a migration breaks the others. */
export function databasePool(url: string, onError: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: url,
    max: sampleLimits.poolSize.value,
    connectionTimeoutMillis: sampleLimits.queryTimeout.value,
    query_timeout: sampleLimits.queryTimeout.value,
    statement_timeout: sampleLimits.queryTimeout.value,
    application_name: "sample",
  });
  // Idle connections that the server closes; without a listener they would end the process.
  pool.on("error", onError);
  return pool;
}

/** The cache. Without a connection a command fails at once: queued, it would end after minutes. */
export function redisClient(url: string, onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: sampleLimits.redisTimeout.value,
    commandTimeout: sampleLimits.redisTimeout.value,
    retryStrategy: (attempt) => Math.min(attempt * attempt, sampleLimits.redisRetryMost.value),
  });
  redis.on("error", onError);
  return redis;
}
