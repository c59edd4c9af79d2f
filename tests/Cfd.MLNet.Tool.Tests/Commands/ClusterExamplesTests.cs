using Cfd.MLNet.Tests;
using Cfd.MLNet.Tool.Commands;
using YamlDotNet.RepresentationModel;

namespace Cfd.MLNet.Tool.Tests.Commands;

/// <summary>The examples of a cluster start what the tool understands.</summary>
[TestClass]
public sealed class ClusterExamplesTests
{
    private static string Folder => Path.Combine(RepositoryFiles.Root, "examples", "cluster");

    [TestMethod]
    public void Kubernetes_Deployment_StartsAWorker()
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Folder, "kubernetes.yaml"));
        stream.Load(reader);
        var kinds = stream.Documents.ToDictionary(document => Text(document.RootNode, "kind"), document => document.RootNode);
        CollectionAssert.AreEquivalent(new[] { "Secret", "Deployment", "NetworkPolicy" }, kinds.Keys.ToArray());
        var pod = At(kinds["Deployment"], "spec", "template");
        var worker = ((YamlSequenceNode)At(pod, "spec", "containers")).Single();
        string[] arguments = [.. ((YamlSequenceNode)At(worker, "args")).Select(argument => argument.ToString().Replace("$(POD_IP)", "10.0.0.7", StringComparison.Ordinal))];
        AssertWorker(arguments);
        string port = arguments[Array.IndexOf(arguments, "--port") + 1];
        Assert.AreEqual(port, Text(((YamlSequenceNode)At(worker, "ports")).Single(), "containerPort"));
        Assert.AreEqual(Text(kinds["Secret"], "metadata", "name"), Text(((YamlSequenceNode)At(worker, "env")).Last(), "valueFrom", "secretKeyRef", "name"));
        Assert.AreEqual(Text(pod, "metadata", "labels", "app"), Text(kinds["NetworkPolicy"], "spec", "podSelector", "matchLabels", "app"));
    }

    [TestMethod]
    public void Systemd_Unit_StartsAWorker()
    {
        var sections = new Dictionary<string, List<string>>();
        string section = "";
        foreach (string line in File.ReadLines(Path.Combine(Folder, "cfd-worker.service")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[') sections[section = line.Trim('[', ']')] = [];
            else sections[section].Add(line);
        }

        CollectionAssert.AreEqual(new[] { "Unit", "Service", "Install" }, sections.Keys.ToArray());
        Assert.IsTrue(sections.Values.SelectMany(lines => lines).All(line => line.IndexOf('=') > 0), "name=value");
        string start = sections["Service"].Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..];
        string[] parts = start.Split('"');
        AssertWorker([.. parts.SelectMany((part, place) => place % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Skip(1)]);
    }

    [TestMethod]
    public void Commands_OfTheDocs_AreUnderstood()
    {
        string[] lines = [.. File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs", "scale.md")).Where(line => line.StartsWith("cfd ", StringComparison.Ordinal)).Select(line => line.Split('#')[0].Trim())];
        Assert.HasCount(3, lines);
        foreach (string line in lines)
        {
            string[] arguments = [.. line.Split('"').SelectMany((part, place) => place % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Skip(1)];
            Assert.IsEmpty(new CfdCommandLine().Parse(arguments).Errors, line);
        }
    }

    private static void AssertWorker(string[] arguments)
    {
        var parsed = new CfdCommandLine().Parse(arguments);
        Assert.IsEmpty(parsed.Errors, string.Join(' ', arguments));
        Assert.AreEqual("worker", parsed.CommandResult.Command.Name);
    }

    private static YamlNode At(YamlNode node, params string[] path) => path.Aggregate(node, (inner, name) => inner[name]);

    private static string Text(YamlNode node, params string[] path) => At(node, path).ToString();
}
