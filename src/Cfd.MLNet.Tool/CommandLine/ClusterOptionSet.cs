using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Cfd.MLNet.Orleans;

namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>The options about a cluster, in the words of --help.</summary>
internal sealed class ClusterOptionSet
{
    /// <summary>Their names. Where retrains ran changes no answer, and a connection string may hold a password: none of them is written into settings.</summary>
    public static readonly string[] Names = ["--cluster", "--cluster-id", "--address", "--port", "--probe-seconds"];

    private readonly Option<string> _cluster;
    private readonly Option<string> _id = OptionParsers.Text("--cluster-id", "NAME", "Processes of the same name in the same database work together. Default: cfd.");
    private readonly Option<string> _address = OptionParsers.Text("--address", "IP", "The address under which the others reach this process. Default: the machine's first.");
    private readonly Option<int?> _port = OptionParsers.Count("--port", "The port under which the others reach this process. Default: any free one.");
    private readonly Option<int?> _probe = OptionParsers.Count("--probe-seconds", "A process that does not answer for a few times so long is taken for dead. Default: 5.");

    /// <param name="isNeeded">Whether there is no job without a cluster.</param>
    public ClusterOptionSet(bool isNeeded) => _cluster = new Option<string>("--cluster")
    {
        HelpName = "\"Host=…\"",
        Description = "Npgsql's connection string of the PostgreSQL database that the cluster meets in; leave the password to PGPASSFILE or PGPASSWORD, since others may see command lines.",
        Required = isNeeded,
    };

    /// <summary>The options.</summary>
    public OptionGroup Group => new("Cluster", [_cluster, _id, _address, _port, _probe]);

    /// <summary>Refuses what needs a cluster without one.</summary>
    public void Check(CommandResult result)
    {
        foreach (Option option in (Option[])[_id, _address, _port, _probe])
        {
            if (Has(result, option) && !Has(result, _cluster)) result.AddError($"{option.Name} needs --cluster.");
        }

        if (result.GetResult(_address) is { Implicit: false, Tokens: [var token, ..] } && !IPAddress.TryParse(token.Value, out _)) result.AddError($"--address is '{token.Value}', which is no IP address.");
    }

    /// <summary>The cluster that is named, or null.</summary>
    public ClusterSettings? Read(ParseResult line) => line.GetValue(_cluster) is not { } connection ? null : new ClusterSettings
    {
        ConnectionString = connection,
        ClusterId = line.GetValue(_id) ?? "cfd",
        Address = line.GetValue(_address) is { } address ? IPAddress.Parse(address) : null,
        Port = line.GetValue(_port) ?? 0,
        ProbeTimeout = TimeSpan.FromSeconds(line.GetValue(_probe) ?? 5),
    };

    private static bool Has(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
