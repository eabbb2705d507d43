/** Everything around the sample: a folder, PostgreSQL with the schema, Redis, the HTTP API, and the sample's bundle. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Client, type ClientSettings } from "./load/client";
import { startPostgres, type Postgres } from "./processes/postgres";
import { type Prices, startPrices } from "./processes/prices";
import type { Program } from "./processes/program";
import { type RedisServer, startRedis } from "./processes/redis";
import { bundleSample, type Instance, migrateSample, ready, startInstance, type Variables } from "./processes/sample";
import { type Colours, type Nginx, startNginx } from "./processes/nginx";

const READABLE = 0o755;

/** A testbed; `end` leaves nothing behind. */
export class Testbed {
  private readonly programs: Program[] = [];
  private readonly clients: Client[] = [];
  /** Whether it has ended, or is about to: nothing is started any more. */
  over = false;

  private constructor(
    readonly folder: string,
    readonly bundle: string,
    readonly postgres: Postgres,
    readonly redis: RedisServer,
    readonly prices: Prices,
    readonly databaseUrl: string,
  ) {
    this.programs.push(postgres.program, redis.program);
  }

  /** Starts it; the parts beside each other. */
  static async start(): Promise<Testbed> {
    const folder = mkdtempSync(path.join(tmpdir(), "fridayproof-rehearsal-"));
    // nginx's workers and PostgreSQL run as users of their own.
    chmodSync(folder, READABLE);
    const [bundle, postgres, redis, prices] = await Promise.all([
      bundleSample(folder),
      startPostgres(folder),
      startRedis(folder),
      startPrices(),
    ]);
    const databaseUrl = await postgres.createDatabase("sample");
    await migrateSample(bundle, databaseUrl);
    return new Testbed(folder, bundle, postgres, redis, prices, databaseUrl);
  }

  /** Variables by which an instance finds what is around it. */
  get variables(): Variables {
    return { DATABASE_URL: this.databaseUrl, REDIS_URL: this.redis.url, PRICES_URL: this.prices.url };
  }

  /** An instance that is ready. */
  async instance(variables: Variables = {}, port?: number): Promise<Instance> {
    return ready(await this.startedInstance(variables, port));
  }

  /** An instance that has been started and may never become ready. */
  async startedInstance(variables: Variables = {}, port?: number): Promise<Instance> {
    const instance = await startInstance(this.bundle, { ...this.variables, ...variables }, port);
    this.programs.push(instance.program);
    return instance;
  }

  /** nginx in front of these. */
  async nginx(colours: Colours): Promise<Nginx> {
    const nginx = await startNginx(this.folder, colours);
    this.programs.push(nginx.program, nginx.watch);
    return nginx;
  }

  /** A client that stops with this testbed: one that went on would keep a command alive whose rehearsal has failed. */
  client(settings: ClientSettings): Client {
    const client = new Client(settings);
    this.clients.push(client);
    return client;
  }

  /** Another program that ends with this testbed. */
  add(program: Program): void {
    this.programs.push(program);
  }

  /** Ends everything and removes the folder. */
  async end(): Promise<void> {
    this.over = true;
    // Not awaited yet: what is under way fails as soon as its server ends.
    const stopped = this.clients.map((client) => client.stop());
    const servers = new Set([this.postgres.program, this.redis.program]);
    const others = this.programs.filter((program) => !servers.has(program));
    await Promise.all(others.map((program) => program.end()));
    await Promise.all([...servers].map((program) => program.end()));
    await Promise.all(stopped);
    this.prices.server.closeAllConnections();
    await new Promise((resolve) => this.prices.server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
