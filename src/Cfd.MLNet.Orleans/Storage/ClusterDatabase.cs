using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Cfd.MLNet.Orleans.Storage;

/// <summary>
/// Packages and results in PostgreSQL. What fails for a while, as in a restart of the database, is tried again. Thread-safe.
/// </summary>
internal sealed class ClusterDatabase(string connectionString) : IAsyncDisposable
{
    /// <summary>The schema that this version works with.</summary>
    public const int SchemaVersion = 1;

    /// <summary>How long a database that does not answer is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    /// <summary>Makes the schema where it is missing, and refuses one of another version. Processes that start at once wait for each other.</summary>
    /// <returns>How far this process's clock is ahead of the database's.</returns>
    /// <exception cref="IOException">The database cannot be reached or used.</exception>
    /// <exception cref="InvalidDataException">The schema is of another version.</exception>
    public async Task<TimeSpan> PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await RunAsync("select pg_advisory_xact_lock(7206543)").ConfigureAwait(false);
            if (await RunAsync("select to_regclass('cfd_schema')::text").ConfigureAwait(false) is not string) await RunAsync(Script("schema-1.sql")).ConfigureAwait(false);
            int version = (int)(await RunAsync("select max(version) from cfd_schema").ConfigureAwait(false))!;
            if (version != SchemaVersion)
                throw new InvalidDataException($"The cluster's database has schema version {version}; this version of Cfd.MLNet.Orleans ({ClusterSettings.Version}) works with {SchemaVersion}. Install the same version everywhere, or name another database.");
            var clock = DateTime.UtcNow - (DateTime)(await RunAsync("select clock_timestamp()").ConfigureAwait(false))!;
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return clock;

            async Task<object?> RunAsync(string text)
            {
                await using var command = new NpgsqlCommand(text, connection, transaction);
                return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException failure)
        {
            throw new IOException($"The cluster's database cannot be used: {Reason(failure)}. Check the connection string, that PostgreSQL runs, and that the user may use its tables; the first process to come makes them and needs the right to (docs/scale.md).", failure);
        }
    }

    /// <summary>Keeps a package under its hash.</summary>
    public Task AddPackageAsync(WorkPackage package, CancellationToken cancellationToken) => WithPatience(async () =>
    {
        await using var known = Command("select 1 from cfd_package where package = $1", Bytes(Convert.FromHexString(package.Hash)));
        if (await known.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null) return true;
        await using var command = Command(
            "insert into cfd_package (package, content) values ($1, $2) on conflict do nothing", Bytes(Convert.FromHexString(package.Hash)), Bytes(package.Bytes.ToArray()));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
    }, cancellationToken);

    /// <summary>A package by its hash, checked.</summary>
    /// <exception cref="InvalidDataException">It is not there, damaged, or of another version.</exception>
    public async Task<WorkPackage> PackageAsync(string hash, CancellationToken cancellationToken)
    {
        byte[]? content = await WithPatience(async () =>
        {
            await using var command = Command("select content from cfd_package where package = $1", Bytes(Convert.FromHexString(hash)));
            return (byte[]?)await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        if (content is null) throw new InvalidDataException($"The package {hash} is not in the cluster's database.");
        if (Convert.ToHexStringLower(SHA256.HashData(content)) != hash) throw new InvalidDataException($"The package {hash} in the cluster's database is damaged: its content has another hash. Delete that row of cfd_package and start the audit again.");
        return WorkPackage.Read(content);
    }

    /// <summary>What is known of these retrains, by request.</summary>
    public Task<Dictionary<string, StoredResult>> FindAsync(string package, IReadOnlyList<string> requests, CancellationToken cancellationToken) => WithPatience(async () =>
    {
        await using var command = Command(
            "select flips, logits, failure, epochs, validation_loss, microseconds, worker from cfd_result where package = $1 and retrain = any($2)",
            Bytes(Convert.FromHexString(package)), Array(requests.Select(KeyOf), NpgsqlDbType.Bytea));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<string, StoredResult>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found[reader.GetString(0)] = new StoredResult(
                reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt32(3), reader.GetDouble(4), reader.GetInt64(5),
                reader.GetString(6));
        }

        return found;
    }, cancellationToken);

    /// <summary>Keeps results; of those that another worker has kept meanwhile the bits must be the same.</summary>
    /// <exception cref="InvalidDataException">They are not: one of the two machines computes wrongly.</exception>
    public async Task AddAsync(string package, IReadOnlyDictionary<string, StoredResult> results, CancellationToken cancellationToken)
    {
        if (results.Count == 0) return;
        int added = await WithPatience(async () =>
        {
            await using var command = Command(
                """
                insert into cfd_result (package, retrain, flips, logits, failure, epochs, validation_loss, microseconds, worker)
                select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
                """,
                Bytes(Convert.FromHexString(package)),
                Array(results.Keys.Select(KeyOf), NpgsqlDbType.Bytea),
                Array(results.Keys, NpgsqlDbType.Text),
                Array(results.Values.Select(result => result.Logits), NpgsqlDbType.Bytea),
                Array(results.Values.Select(result => result.Failure), NpgsqlDbType.Text),
                Array(results.Values.Select(result => result.Epochs), NpgsqlDbType.Integer),
                Array(results.Values.Select(result => result.ValidationLoss), NpgsqlDbType.Double),
                Array(results.Values.Select(result => result.Microseconds), NpgsqlDbType.Bigint),
                Array(results.Values.Select(result => result.Worker), NpgsqlDbType.Text));
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        if (added == results.Count) return;
        foreach (var (request, known) in await FindAsync(package, [.. results.Keys], cancellationToken).ConfigureAwait(false))
        {
            var own = results[request];
            if (own.Failure is null == known.Failure is null && own.Logits.AsSpan().SequenceEqual(known.Logits)) continue;
            throw new InvalidDataException(
                $"Two workers gave other bits for the same retrain '{request}' of package {package}: {known.Worker} before, {own.Worker} now. One of these machines computes wrongly. Take it out, " +
                "delete its rows of cfd_result, and start the audit again.");
        }
    }

    /// <summary>Packages kept, results kept, and the bytes of these.</summary>
    public async Task<(long Packages, long Results, long Bytes)> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = Command("select (select count(*) from cfd_package), (select count(*) from cfd_result), pg_total_relation_size('cfd_result')");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static byte[] KeyOf(string request) => SHA256.HashData(Encoding.UTF8.GetBytes(request));

    private static NpgsqlParameter Bytes(byte[] value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    private static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };

    private static string Script(string name)
    {
        using var reader = new StreamReader(typeof(ClusterDatabase).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>Tries again while the database is down; whatever it does not like about a statement is thrown at once.</summary>
    private static async Task<T> WithPatience<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        var end = DateTime.UtcNow + Patience;
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = TimeSpan.FromMilliseconds(Math.Min(1000, 2 * pause.TotalMilliseconds)))
        {
            try
            {
                return await run().ConfigureAwait(false);
            }
            catch (NpgsqlException failure) when (IsPassing(failure) && DateTime.UtcNow < end)
            {
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException failure)
            {
                throw new IOException($"The cluster's database does not work: {Reason(failure)}.", failure);
            }
        }
    }

    /// <summary>A connection that broke, or a server that stops, starts or recovers (class 57P).</summary>
    private static bool IsPassing(NpgsqlException failure) => failure.IsTransient || failure is not PostgresException { SqlState: not ("57P01" or "57P02" or "57P03") };

    /// <summary>In one line, without a full stop.</summary>
    private static string Reason(NpgsqlException failure) => (failure is PostgresException server ? $"{server.MessageText} ({server.SqlState})" : failure.Message.ReplaceLineEndings(" ")).TrimEnd(' ', '.');

    private NpgsqlCommand Command(string text, params NpgsqlParameter[] parameters)
    {
        var command = _source.CreateCommand(text);
        command.Parameters.AddRange(parameters);
        return command;
    }
}

/// <summary>What a retrain came to, as it is kept. Logits: float32, little-endian; null where the training diverged.</summary>
internal sealed record StoredResult(byte[]? Logits, string? Failure, int Epochs, double ValidationLoss, long Microseconds, string Worker);
