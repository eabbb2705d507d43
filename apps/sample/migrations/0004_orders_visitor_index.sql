-- phase: expand
create index concurrently if not exists orders_visitor on orders (visitor);
