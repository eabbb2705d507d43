/** Orders: kept in PostgreSQL once however often they are sent, counted in Redis where it is there, priced by an HTTP API. */
import type { Redis } from "ioredis";
import type { Pool } from "pg";
import { sampleLimits } from "./limits/sample";
import { insertOf, type OrderColumns } from "./order-columns";

/** An order as it is stored. */
export interface Order {
  readonly id: string;
  readonly item: string;
  /** How often the request arrived: above one, something before us sent it again. */
  readonly runs: number;
}

/** Keys of the cache hold the version of their format: the other version of the service has its own. */
const CACHE_FORMAT = "orders:1";

/** The orders of one instance. */
export class Orders {
  constructor(
    private readonly pool: Pool,
    private readonly redis: Redis,
    private readonly pricesUrl: string,
    private readonly columns: OrderColumns,
  ) {}

  /** Stores an order; the same request id again stores none, and is counted. */
  async place(requestId: string, visitor: string, item: string): Promise<Order> {
    const { rows } = await this.pool.query<Order>(insertOf(this.columns), [requestId, visitor, item]);
    const [order] = rows;
    if (order === undefined) throw new Error("the database stored no order and gave no error");
    // Optional: without Redis the count is missing, and the order is not.
    await this.redis.incr(`${CACHE_FORMAT}:${visitor}`).catch(() => undefined);
    return order;
  }

  /** How many orders of this visitor the cache has counted; null without a cache. */
  async counted(visitor: string): Promise<number | null> {
    return this.redis.get(`${CACHE_FORMAT}:${visitor}`).then(
      (count) => Number(count ?? 0),
      () => null,
    );
  }

  /** What an item costs; null while the API does not respond. */
  async price(item: string): Promise<unknown> {
    try {
      const url = new URL(encodeURIComponent(item), this.pricesUrl);
      const answer = await fetch(url, { signal: AbortSignal.timeout(sampleLimits.checkTimeout.value) });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}
