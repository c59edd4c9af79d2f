using System.Xml.Linq;
using Cfd.MLNet.Tests;

namespace Cfd.MLNet.Repository.Tests;

/// <summary>Data flows one way through the library's rooms, its folders; none reaches back up. Told by symbols, whatever their namespace.</summary>
[TestClass]
public sealed class LayeringTests
{
    private const int MaxLines = 250;

    private static readonly string[] All =
        ["", "Common", "Data", "Reports", "Networks", "Models", "Learning", "Filtering", "Rankings", "Search", "Evidence", "Transforms", "Auditing"];

    /// <summary>Room by room, ground floor first, what it may use of the others; "" is the door.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Common"] = [],
        ["Data"] = ["Common"],
        ["Reports"] = ["Common"],
        ["Networks"] = ["Common", "Data"],
        ["Models"] = ["Common", "Data", "Networks"],
        ["Learning"] = ["Common", "Data", "Networks"],
        ["Filtering"] = ["Common", "Data", "Networks", "Learning"],
        ["Rankings"] = ["Common", "Data", "Networks", "Learning"],
        ["Search"] = ["Common", "Data", "Networks", "Learning", "Filtering", "Rankings", "Reports"],
        ["Evidence"] = ["Common", "Data", "Networks", "Learning", "Filtering", "Rankings", "Search", "Reports"],
        ["Transforms"] = [.. All.Except(["", "Auditing"])],
        ["Auditing"] = [.. All.Except(["", "Transforms"])],
        [""] = All,
    };

    /// <summary>Symbols that two rooms below their own may name: a search is asked for evidence, and a report says how much was.</summary>
    private static readonly HashSet<(string Room, string Symbol)> Excepted =
        [("Search", "Cfd.MLNet.EvidenceOptions"), ("Reports", "Cfd.MLNet.EvidenceLevel")];

    [TestMethod]
    public void Rooms_EachHasAPlaceInTheOrder()
    {
        string[] folders = [.. Directory.GetDirectories(LibrarySymbols.Folder).Select(Path.GetFileName).OfType<string>().Where(name => name is not ("bin" or "obj"))];
        CollectionAssert.AreEquivalent(Allowed.Keys.Where(room => room.Length > 0).ToArray(), folders, "a new folder needs a place in the order");
    }

    [TestMethod]
    public void Rooms_SymbolsUsed_PointDownwards()
    {
        int arrows = 0;
        var violations = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (file, line, used) in LibrarySymbols.All())
        {
            string from = LibrarySymbols.RoomOf(file);
            if (LibrarySymbols.RoomOf(used) is not { } to || to == from) continue;
            arrows++;
            if (!Allowed[from].Contains(to) && !Excepted.Contains((from, used.ToDisplayString()))) violations.Add($"{from} -> {to}: {file}({line}) uses {used.ToDisplayString()}");
        }

        Assert.IsGreaterThan(1000, arrows, "symbols are found at all");
        Assert.IsEmpty(violations, $"{violations.Count} arrows against the order:\n{string.Join('\n', violations)}\n");
    }

    [TestMethod]
    [DataRow("Common")]
    [DataRow("Networks")]
    [DataRow("Rankings")]
    [DataRow("Search")]
    public void Rooms_ThatKnowArraysAlone_DoNotUseMLNet(string room)
    {
        string[] uses = [.. LibrarySymbols.All()
            .Where(use => LibrarySymbols.RoomOf(use.File) == room && use.Used.ContainingAssembly?.Name.StartsWith("Microsoft.ML", StringComparison.Ordinal) == true)
            .Select(use => $"{use.File}({use.Line}) uses {use.Used.ToDisplayString()}")];
        Assert.IsEmpty(uses, string.Join('\n', uses));
    }

    [TestMethod]
    public void Projects_ThatAreProducts_NeedNoExampleAndNoTest()
    {
        string[] projects = [.. Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "src"), "*.csproj", SearchOption.AllDirectories)];
        Assert.IsGreaterThan(3, projects.Length);
        string[] references = [.. projects.SelectMany(project => XDocument.Load(project).Descendants("ProjectReference").Select(reference => $"{Path.GetFileName(project)}: {reference.Attribute("Include")!.Value}"))];
        Assert.IsEmpty(references.Where(reference => reference.Contains("/examples/", StringComparison.Ordinal) || reference.Contains("/tests/", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Files_OfTheLibraries_AreShort()
    {
        string sources = Path.Combine(RepositoryFiles.Root, "src");
        foreach (string file in Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(sources, file);
            if (path.Split(Path.DirectorySeparatorChar)[1] is "bin" or "obj") continue;
            Assert.IsLessThanOrEqualTo(MaxLines, File.ReadLines(file).Count(), path);
        }
    }
}
