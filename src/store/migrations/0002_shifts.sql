-- Level shifts that the pass over the default branch found, each once; series is the JSON of benchmark and metric.
create table shift (
  installation bigint not null,
  repository bigint not null,
  sha text not null,
  series text not null,
  value json not null,
  primary key (installation, repository, series, sha)
);
