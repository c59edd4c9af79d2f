using System.Text.RegularExpressions;

namespace Cfd.MLNet.Tests.Repository;

/// <summary>Data flows one way through the library's folders; none reaches back up.</summary>
[TestClass]
public sealed partial class LayeringTests
{
    /// <summary>Folder by folder, what it may use of the others.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Data"] = [],
        ["Networks"] = ["Data", "Networks.Kernels", "Networks.Trajectory"],
        ["Learning"] = ["Data", "Networks"],
        ["Filtering"] = ["Data"],
        ["Ranking"] = ["Data", "Networks", "Networks.Trajectory", "Learning", "Ranking.Influence"],
        ["Search"] = ["Data", "Networks", "Learning", "Filtering", "Ranking"],
        ["Evidence"] = ["Data", "Networks", "Learning", "Search"],
        ["Auditing"] = ["Data", "Networks", "Learning", "Filtering", "Ranking", "Search", "Evidence", "Auditing.Journaling"],
        ["Transforms"] = ["Data", "Networks", "Learning", "Filtering", "Ranking", "Search", "Evidence", "Auditing"],
    };

    [TestMethod]
    public void Folders_Usings_PointDownwards()
    {
        string library = Path.Combine(RepositoryFiles.Root, "src", "Cfd.MLNet");
        string[] folders = [.. Directory.GetDirectories(library).Select(Path.GetFileName).OfType<string>().Where(name => name is not ("bin" or "obj"))];
        CollectionAssert.AreEquivalent(Allowed.Keys, folders, "a new folder needs a place in the order");
        foreach (string folder in folders)
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(library, folder), "*.cs", SearchOption.AllDirectories))
            {
                foreach (Match match in OwnUsing().Matches(File.ReadAllText(file)))
                    Assert.IsTrue(Allowed[folder].Contains(match.Groups[1].Value), $"{Path.GetRelativePath(library, file)} uses {match.Groups[1].Value}");
            }
        }
    }

    [TestMethod]
    [DataRow("Networks")]
    [DataRow("Ranking")]
    [DataRow("Search")]
    public void Folders_ThatKnowArraysAlone_DoNotUseMLNet(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "src", "Cfd.MLNet", folder), "*.cs", SearchOption.AllDirectories))
            Assert.DoesNotContain("using Microsoft.ML", File.ReadAllText(file), file);
    }

    [GeneratedRegex(@"using Cfd\.MLNet\.([\w.]+);")]
    private static partial Regex OwnUsing();
}
