-- phase: backfill
-- of: 0002_orders_product
update orders set product = item
where id in (
  select id from orders where product is null and item is not null order by id limit 5000 for update skip locked
);
