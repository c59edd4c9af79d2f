using System.Xml.Linq;
using Cfd.MLNet.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cfd.MLNet.Repository.Tests;

/// <summary>The library's sources, compiled as its project compiles them, and what each names of itself and of others.</summary>
internal static class LibrarySymbols
{
    public static string Folder { get; } = Path.Combine(RepositoryFiles.Root, "src", "Cfd.MLNet");

    private static readonly Lazy<CSharpCompilation> Compiled = new(Compile);

    /// <summary>All symbols that the library's code names: where, and what. Comments do not count.</summary>
    public static IEnumerable<(string File, int Line, ISymbol Used)> All()
    {
        foreach (var tree in Compiled.Value.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            var model = Compiled.Value.GetSemanticModel(tree);
            string file = Path.GetRelativePath(Folder, tree.FilePath);
            foreach (var node in tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax))
            {
                if (Used(model, node) is { } used) yield return (file, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, used);
            }
        }
    }

    /// <summary>The room of a file or symbol of the library: its first folder, "" for the root; null for what is no part of it.</summary>
    public static string? RoomOf(ISymbol symbol) => symbol.DeclaringSyntaxReferences is [var declaration, ..] && declaration.SyntaxTree.FilePath.Length > 0
        ? RoomOf(Path.GetRelativePath(Folder, declaration.SyntaxTree.FilePath))
        : null;

    public static string RoomOf(string file) => file.Contains(Path.DirectorySeparatorChar) ? file.Split(Path.DirectorySeparatorChar)[0] : "";

    private static ISymbol? Used(SemanticModel model, SyntaxNode node) => node switch
    {
        SimpleNameSyntax => model.GetSymbolInfo(node).Symbol is { } symbol ? TypeOf(symbol) : null,
        BaseObjectCreationExpressionSyntax => model.GetTypeInfo(node).Type,
        _ => null,
    };

    /// <summary>A type itself, or the type that declares a member; null for namespaces and locals.</summary>
    private static INamedTypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.OriginalDefinition,
        IMethodSymbol { ReducedFrom: { } extension } => extension.ContainingType,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType?.OriginalDefinition,
        _ => null,
    };

    private static CSharpCompilation Compile()
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        string[] given = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];
        var own = XDocument.Load(Path.Combine(Folder, "Cfd.MLNet.csproj")).Descendants("Using").Select(element => (string)element.Attribute("Include")!);
        string usings = string.Concat(given.Concat(own).Select(name => $"global using {name};\n"));
        var files = Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories).Where(file => RoomOf(Path.GetRelativePath(Folder, file)) is not ("bin" or "obj"));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Cfd.MLNet", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(
            "Cfd.MLNet",
            [CSharpSyntaxTree.ParseText(usings, options), .. files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))],
            [.. references.Select(path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        // CS8795: what source generators write is not there.
        string[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic is { Severity: DiagnosticSeverity.Error, Id: not "CS8795" }).Select(diagnostic => diagnostic.ToString())];
        Assert.IsEmpty(errors, string.Join('\n', errors.Take(5)));
        return compilation;
    }
}
