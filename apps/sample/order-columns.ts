/** `item` becomes `product` in three releases: each reads and writes what the ones beside it understand. */

/** The release before (`item`), the one between (`both`), the one after which `item` may go (`product`). */
export const orderColumns = ["item", "both", "product"] as const;

/** Which columns a release uses. */
export type OrderColumns = (typeof orderColumns)[number];

const columns: Readonly<
  Record<OrderColumns, { readonly names: string; readonly values: string; readonly read: string }>
> = {
  item: { names: "item", values: "$3", read: "item" },
  both: { names: "item, product", values: "$3, $3", read: "coalesce(product, item)" },
  product: { names: "product", values: "$3", read: "product" },
};

/** The statement that stores an order. It names its columns: `*` would change its type with the next migration. */
export function insertOf(which: OrderColumns): string {
  const { names, values, read } = columns[which];
  return `insert into orders (request_id, visitor, ${names}) values ($1, $2, ${values})
    on conflict (request_id) do update set runs = orders.runs + 1
    returning id::text as id, ${read} as item, runs`;
}
