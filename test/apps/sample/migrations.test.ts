/** Migrations on the real PostgreSQL, under load, with a long reader, and with the versions on both sides of them. */
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrationsOf } from "../../../apps/sample/migrate/migration";
import { migrate } from "../../../apps/sample/migrate/runner";
import { Client as Load } from "../../../tools/rehearsal/load/client";
import { textsIn } from "../../../apps/sample/migrate/files";
import { logIn } from "../../../tools/rehearsal/processes/sample";
import { Testbed } from "../../../tools/rehearsal/testbed";
import { missingPrograms } from "../../../tools/setup/debian-tools.cjs";
import * as path from "node:path";

const FILES = textsIn(path.resolve(__dirname, "../../../apps/sample/migrations"));
const CONTRACT = {
  "0005_orders_item_drop.sql": "-- phase: contract\n-- of: 0002_orders_product\nalter table orders drop column item;",
};
const KEY = "42";

describe.skipIf(missingPrograms().length > 0)("the runner", () => {
  let testbed: Testbed;
  const open: Client[] = [];
  let databases = 0;

  beforeAll(async () => {
    testbed = await Testbed.start();
  });
  afterAll(async () => {
    await Promise.all(open.map((client) => client.end()));
    await testbed.end();
  });

  async function connected(url: string): Promise<Client> {
    const client = new Client({ connectionString: url });
    await client.connect();
    open.push(client);
    return client;
  }

  /** A database with the first migration and 12,000 orders. */
  async function database(): Promise<string> {
    const url = await testbed.postgres.createDatabase(`migrations_${++databases}`);
    const client = await connected(url);
    await migrate(client, migrationsOf({ "0001_orders.sql": FILES["0001_orders.sql"] ?? "" }), KEY, () => undefined);
    await client.query(
      "insert into orders (request_id, visitor, item) select 'r' || n, 'v' || n, 'tea' from generate_series(1, 12000) n",
    );
    return url;
  }

  const all = migrationsOf(FILES);
  const quiet = (): void => undefined;

  test("runs each migration once, fills in batches, and leaves a valid index", async () => {
    const client = await connected(await database());
    expect(await migrate(client, all, KEY, quiet)).toEqual(all.slice(1).map(({ name }) => name));
    expect(await migrate(client, all, KEY, quiet)).toEqual([]);
    const empty = await client.query("select 1 from orders where product is distinct from item");
    expect(empty.rowCount).toBe(0);
    const { rows } = await client.query(
      "select indisvalid from pg_index where indexrelid = 'orders_visitor'::regclass",
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });

  test("refuses a migration that was changed after it ran", async () => {
    const client = await connected(await database());
    const changed = { ...FILES, "0001_orders.sql": `${FILES["0001_orders.sql"] ?? ""}\nselect 1;` };
    await expect(migrate(client, migrationsOf(changed), KEY, quiet)).rejects.toThrow(
      "0001_orders.sql has run and was changed since: write a new one",
    );
  });

  /** Reads that wait for longer than a second fail: a long reader of three shows who queues up behind a migration. */
  async function failuresBeside(url: string, change: () => Promise<unknown>): Promise<number> {
    const [reader, user] = [await connected(url), await connected(url)];
    await user.query("set statement_timeout = '1s'");
    await reader.query("begin; select count(*) from orders");
    const end = pause(3_000).then(() => reader.query("commit"));
    let [failures, changing] = [0, true];
    const done = change().finally(() => (changing = false));
    while (changing) {
      await user.query("select id, item from orders where id = 1").catch(() => failures++);
      await pause(10);
    }
    await Promise.all([done, end]);
    return failures;
  }

  test("tries again while a long reader holds the table, and nobody queues up behind it", async () => {
    const url = await database();
    const client = await connected(url);
    const lines: string[] = [];
    const failures = await failuresBeside(url, () => migrate(client, all.slice(0, 2), KEY, (line) => lines.push(line)));
    expect(failures).toBe(0);
    expect(lines.filter((line) => line.endsWith("found the table in use")).length).toBeGreaterThan(1);
  });

  test("is needed for that: the statement alone holds up everybody", async () => {
    const url = await database();
    const client = await connected(url);
    expect(await failuresBeside(url, () => client.query("alter table orders add column product text"))).toBeGreaterThan(
      0,
    );
  });

  test("gives up after its attempts, and what ran before stays", async () => {
    const url = await database();
    const [client, reader] = [await connected(url), await connected(url)];
    await reader.query("begin; select count(*) from orders");
    const patience = { timeoutMs: 50, pauseMs: 10, attempts: 3 };
    await expect(migrate(client, all, KEY, quiet, patience)).rejects.toThrow(
      "no lock within 50 ms, 3 times: a reader or writer holds the table",
    );
    await reader.query("commit");
    expect((await client.query("select name from schema_migrations")).rows).toEqual([{ name: "0001_orders" }]);
    expect(await migrate(client, all, KEY, quiet)).toHaveLength(3);
  });

  test("waits for a writer where it builds an index, drops an invalid one of an earlier attempt, and checks", async () => {
    const url = await database();
    const [client, writer] = [await connected(url), await connected(url)];
    await writer.query("begin; update orders set runs = 2 where id = 1");
    await client.query("set lock_timeout = '50ms'");
    await expect(client.query("create index concurrently orders_visitor on orders (visitor)")).rejects.toThrow(
      "lock timeout",
    );
    const lines: string[] = [];
    const migrated = migrate(client, all, KEY, (line) => lines.push(line));
    await pause(300);
    await writer.query("commit");
    await migrated;
    expect(lines).toContain("  orders_visitor is invalid, from an earlier attempt: it is dropped first");
    const { rows } = await client.query(
      "select indisvalid from pg_index where indexrelid = 'orders_visitor'::regclass",
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });

  test("runs alone: of two that start together one finds nothing to do, and neither is a deadlock", async () => {
    const url = await database();
    const clients = [await connected(url), await connected(url)];
    const ran = await Promise.all(clients.map((client) => migrate(client, all, KEY, quiet)));
    expect(ran.map((names) => names.length).sort()).toEqual([0, 3]);
    const { rows } = await clients[0]!.query("select count(*)::int as held from pg_locks where locktype = 'advisory'");
    expect(rows).toEqual([{ held: 0 }]);
  });

  test("ends a backfill beside a version that writes without the column, and its contract fills those rows first", async () => {
    const url = await database();
    const client = await connected(url);
    let [writing, written] = [true, 0];
    // So many that each batch finds a row that was not there for the one before.
    const writers = await Promise.all(Array.from({ length: 8 }, () => connected(url)));
    const insert = "insert into orders (request_id, visitor, item) values ($1, 'old', 'tea')";
    const done = writers.map(async (old) => {
      while (writing) await old.query(insert, [`o${written++}`]);
    });
    const lines: string[] = [];
    await migrate(client, all, KEY, (line) => lines.push(line));
    await pause(100);
    writing = false;
    await Promise.all(done);
    const ends =
      "  0003_orders_product_fill ends while rows without it are still written; its contract fills them first";
    expect(lines).toContain(ends);
    const unfilled = "select count(*)::int as count from orders where product is null";
    expect((await client.query<{ count: number }>(unfilled)).rows[0]?.count).toBeGreaterThan(0);
    await migrate(client, migrationsOf({ ...FILES, ...CONTRACT }), KEY, quiet);
    expect((await client.query(unfilled)).rows).toEqual([{ count: 0 }]);
    expect((await client.query("select product from orders where request_id = 'o0'")).rows).toEqual([
      { product: "tea" },
    ]);
  });

  test("lets the versions on both sides of each migration serve meanwhile, the contract included", async () => {
    const url = await database();
    const client = await connected(url);
    const steps = [
      { columns: ["item"], to: migrationsOf(FILES) },
      { columns: ["item", "both"], to: [] },
      { columns: ["both", "product"], to: [] },
      { columns: ["product"], to: migrationsOf({ ...FILES, ...CONTRACT }) },
    ] as const;
    for (const { columns, to } of steps) {
      const instances = await Promise.all(
        columns.map((one) => testbed.instance({ DATABASE_URL: url, ORDER_COLUMNS: one, CHECK_PERIOD_MS: "100" })),
      );
      const cookie = (await logIn(instances[0]?.url ?? "", "mara")) ?? "";
      const shared = {
        method: "POST",
        path: () => "/orders",
        headers: () => ({ cookie }),
        perSecond: 50,
        keepAlive: true,
        retry: false,
      } as const;
      const load = instances.map(
        (instance, index) => new Load({ ...shared, name: columns[index] ?? "", url: instance.url }),
      );
      for (const one of load) one.start();
      await pause(200);
      await migrate(client, to.length === 0 ? all : to, KEY, quiet);
      await pause(200);
      const outcomes = (await Promise.all(load.map((one) => one.stop()))).flat();
      expect(outcomes.filter(({ status }) => status !== 201)).toEqual([]);
      await Promise.all(instances.map(({ program }) => program.end()));
    }
  });

  test("cannot save a named statement with *: the sample's are unnamed and name their columns", async () => {
    const url = await database();
    const [client, user] = [await connected(url), await connected(url)];
    const star = { name: "star", text: "select * from orders where id = 1" };
    const named = { name: "named", text: "select id, item from orders where id = 1" };
    await user.query(star);
    await user.query(named);
    await migrate(client, all, KEY, quiet);
    await expect(user.query(star)).rejects.toThrow("cached plan must not change result type");
    expect((await user.query(named)).rowCount).toBe(1);
    expect((await user.query("select * from orders where id = 1")).rowCount).toBe(1);
  });
});
