-- phase: expand
alter table orders add column product text;
