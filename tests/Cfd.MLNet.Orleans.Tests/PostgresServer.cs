using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Cfd.MLNet.Orleans.Tests;

/// <summary>A PostgreSQL server of the tests' own, on loopback, in a temporary folder; Debian's programs, or those on the path.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"cfd-postgres-{Guid.NewGuid():N}");
    private readonly int _port;
    private Process? _server;
    private int _databases;

    private PostgresServer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Where initdb and postgres are; null where they are not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "postgres")));

    private static bool IsRoot => Environment.UserName == "root";

    public static PostgresServer Start()
    {
        var server = new PostgresServer();
        Directory.CreateDirectory(server._folder);
        if (IsRoot) Run("chown", "postgres", server._folder);
        Run([.. AsServer("initdb"), "-D", $"{server._folder}/data", "-U", "cfd", "-A", "trust", "--no-sync"]);
        server.StartServer();
        return server;
    }

    /// <summary>The connection string of a new, empty database.</summary>
    public string CreateDatabase()
    {
        string name = $"t{++_databases}";
        using var source = NpgsqlDataSource.Create(ConnectionTo("postgres"));
        using var command = source.CreateCommand($"create database {name}");
        command.ExecuteNonQuery();
        return ConnectionTo(name);
    }

    /// <summary>Stops the server at once, with all its connections, and starts it again.</summary>
    public void Restart()
    {
        StopServer();
        StartServer();
    }

    /// <summary>CPU time of the server with all its processes.</summary>
    public TimeSpan Cpu()
    {
        int root = int.Parse(File.ReadLines($"{_folder}/data/postmaster.pid").First(), System.Globalization.CultureInfo.InvariantCulture);
        double seconds = 0;
        foreach (string process in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                string stat = File.ReadAllText($"{process}/stat");
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                // Of itself, or of a child: parent, user and system time, in hundredths of a second; of children that have ended the parent has theirs.
                if (int.Parse(Path.GetFileName(process), System.Globalization.CultureInfo.InvariantCulture) != root && fields[1] != $"{root}") continue;
                seconds += fields[11..15].Sum(ticks => long.Parse(ticks, System.Globalization.CultureInfo.InvariantCulture)) / 100.0;
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return TimeSpan.FromSeconds(seconds);
    }

    public void Dispose()
    {
        StopServer();
        Run("rm", "-rf", _folder);
    }

    /// <summary>A number from the database.</summary>
    public static long Number(string connection, string query)
    {
        using var source = NpgsqlDataSource.Create(connection);
        using var command = source.CreateCommand(query);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static void Execute(string connection, string statement)
    {
        using var source = NpgsqlDataSource.Create(connection);
        using var command = source.CreateCommand(statement);
        command.ExecuteNonQuery();
    }

    private static string[] AsServer(string program) => IsRoot ? ["runuser", "-u", "postgres", "--", Path.Combine(Programs!, program)] : [Path.Combine(Programs!, program)];

    private static void Run(params string[] command)
    {
        using var process = Start(command);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {error}");
    }

    private static Process Start(params string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;

    private string ConnectionTo(string database) => $"Host=127.0.0.1;Port={_port};Username=cfd;Database={database};Include Error Detail=true";

    private void StartServer()
    {
        _server = Start(
            [.. AsServer("postgres"), "-D", $"{_folder}/data", "-p", $"{_port}", "-k", _folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"]);
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        for (int wait = 0; ; wait++)
        {
            try
            {
                Number(ConnectionTo("postgres"), "select 1");
                return;
            }
            catch (NpgsqlException) when (wait < 200)
            {
                Thread.Sleep(50);
            }
        }
    }

    private void StopServer()
    {
        string process = File.ReadLines($"{_folder}/data/postmaster.pid").First();
        Run("kill", "-INT", process);
        _server!.WaitForExit();
        _server.Dispose();
    }
}
