-- Version 1: who is in the cluster (Orleans reads and writes this through the statements in OrleansQuery), and what retrains came to.

create table cfd_schema (version integer not null primary key);
insert into cfd_schema values (1);

create table OrleansQuery (
    QueryKey varchar(64) not null primary key,
    QueryText text not null
);

create table OrleansMembershipVersionTable (
    DeploymentId varchar(150) not null primary key,
    Timestamp timestamptz not null default now(),
    Version integer not null default 0
);

create table OrleansMembershipTable (
    DeploymentId varchar(150) not null references OrleansMembershipVersionTable,
    Address varchar(45) not null,
    Port integer not null,
    Generation integer not null,
    SiloName varchar(150) not null,
    HostName varchar(150) not null,
    Status integer not null,
    ProxyPort integer,
    SuspectTimes text,
    StartTime timestamptz not null,
    IAmAliveTime timestamptz not null,
    primary key (DeploymentId, Address, Port, Generation)
);

-- A change of a row counts where the version is the one that the silo has seen; else nothing is changed and it looks again.
insert into OrleansQuery values
('InsertMembershipVersionKey', '
with made as (
    insert into OrleansMembershipVersionTable (DeploymentId) values (@DeploymentId) on conflict do nothing returning 1)
select count(*)::integer from made'),

('InsertMembershipKey', '
with version as (
    update OrleansMembershipVersionTable v set Timestamp = now(), Version = Version + 1
    where DeploymentId = @DeploymentId and Version = @Version
      and not exists (select from OrleansMembershipTable m
        where m.DeploymentId = @DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation)
    returning DeploymentId),
made as (
    insert into OrleansMembershipTable
        (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    select DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from version
    returning 1)
select count(*)::integer from made'),

('UpdateMembershipKey', '
with version as (
    update OrleansMembershipVersionTable set Timestamp = now(), Version = Version + 1
    where DeploymentId = @DeploymentId and Version = @Version
    returning DeploymentId),
changed as (
    update OrleansMembershipTable m set Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    from version
    where m.DeploymentId = version.DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation
    returning 1)
select count(*)::integer from changed'),

('UpdateIAmAlivetimeKey', '
update OrleansMembershipTable set IAmAliveTime = @IAmAliveTime
where DeploymentId = @DeploymentId and Address = @Address and Port = @Port and Generation = @Generation'),

('MembershipReadRowKey', '
select v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
    m.StartTime, m.IAmAliveTime, v.Version
from OrleansMembershipVersionTable v
left join OrleansMembershipTable m on m.DeploymentId = v.DeploymentId and m.Address = @Address and m.Port = @Port and m.Generation = @Generation
where v.DeploymentId = @DeploymentId'),

('MembershipReadAllKey', '
select v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
    m.StartTime, m.IAmAliveTime, v.Version
from OrleansMembershipVersionTable v left join OrleansMembershipTable m on m.DeploymentId = v.DeploymentId
where v.DeploymentId = @DeploymentId'),

('DeleteMembershipTableEntriesKey', '
delete from OrleansMembershipTable where DeploymentId = @DeploymentId;
delete from OrleansMembershipVersionTable where DeploymentId = @DeploymentId'),

('GatewaysQueryKey', '
select Address, ProxyPort, Generation from OrleansMembershipTable
where DeploymentId = @DeploymentId and Status = @Status and ProxyPort > 0'),

('CleanupDefunctSiloEntriesKey', '
delete from OrleansMembershipTable where DeploymentId = @DeploymentId and IAmAliveTime < @IAmAliveTime and Status = 6');

create table cfd_package (
    package bytea not null primary key,     -- SHA-256 of content
    content bytea not null,
    created timestamptz not null default now()
);

create table cfd_result (
    package bytea not null references cfd_package on delete cascade,
    retrain bytea not null,                 -- SHA-256 of flips
    flips text not null,                    -- rows flipped, and behind an @ seed, disturbance, fixed epochs
    logits bytea,                           -- float32, little-endian; null where the training diverged
    failure text,
    epochs integer not null,
    validation_loss double precision not null,
    microseconds bigint not null,
    worker text not null,
    created timestamptz not null default now(),
    primary key (package, retrain),
    check ((logits is null) <> (failure is null))
);
