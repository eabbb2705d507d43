-- phase: expand
create table orders (
  id bigint generated always as identity primary key,
  request_id text not null unique,
  visitor text not null,
  item text,
  runs integer not null default 1,
  placed_at timestamptz not null default now()
);
