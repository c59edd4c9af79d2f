using PaperEvaluation.Methods;

namespace PaperEvaluation.Results;

/// <summary>What the paper reports of one data set (Tables 1, 2, 3, A.1, C.1, E.1; 8-core Xeon, RTX A5000, PyTorch). Immutable.</summary>
internal sealed record PaperFigures
{
    private static readonly Dictionary<string, PaperFigures> Known = new()
    {
        ["salary"] = new()
        {
            Inputs = 5,
            RowsPassingPhi = 10,
            Psi = (8, 9),
            GroundTruth = 3,
            SecondsPerRetrain = 0.35,
            Methods =
            [
                new(MethodCatalog.Combined, 3, 3, 0.35, 0.04), new(MethodCatalog.Random, 1, 1, 0.31, 0.00), new(MethodCatalog.Distance, 3, 3, 0.32, 0.01),
                new(MethodCatalog.LinearSurrogate, 3, 3), new(MethodCatalog.Activation, 1, 1),
            ],
        },
        ["student"] = new()
        {
            Inputs = 36,
            RowsPassingPhi = 121,
            Psi = (23, 197),
            GroundTruth = 24,
            SecondsPerRetrain = 0.32,
            Methods =
            [
                new(MethodCatalog.Combined, 20, 9, 4.19, 0.07), new(MethodCatalog.Random, 13, 1, 4.35, 0.02), new(MethodCatalog.Distance, 10, 3, 4.52, 0.03),
                new(MethodCatalog.LinearSurrogate, 18, 8), new(MethodCatalog.Activation, 15, 5),
            ],
        },
        ["german"] = new()
        {
            Inputs = 36,
            RowsPassingPhi = 182,
            Psi = (48, 267),
            GroundTruth = 38,
            SecondsPerRetrain = 0.16,
            Methods =
            [
                new(MethodCatalog.Combined, 38, 20, 2.33, 0.08), new(MethodCatalog.Random, 17, 4, 2.56, 0.02), new(MethodCatalog.Distance, 15, 0, 2.62, 0.04),
                new(MethodCatalog.LinearSurrogate, 38, 20), new(MethodCatalog.Activation, 34, 18),
            ],
        },
        ["compas"] = new()
        {
            Inputs = 13,
            RowsPassingPhi = 200,
            Psi = (225, 887),
            SecondsPerRetrain = 0.40,
            Methods =
            [
                new(MethodCatalog.Combined, 27, 3, 14.83, 0.28), new(MethodCatalog.Random, 10, 0, 17.03, 0.12), new(MethodCatalog.Distance, 5, 0, 17.18, 0.24),
            ],
        },
        ["default"] = new()
        {
            Inputs = 27,
            RowsPassingPhi = 200,
            Psi = (612, 8219),
            SecondsPerRetrain = 0.80,
            Methods =
            [
                new(MethodCatalog.Combined, 18, 1, 133.82, 2.91), new(MethodCatalog.Random, 5, 1, 134.34, 1.52), new(MethodCatalog.Distance, 8, 1, 122.55, 4.32),
            ],
        },
        ["bank"] = new()
        {
            Inputs = 35,
            RowsPassingPhi = 200,
            Psi = (512, 8951),
            SecondsPerRetrain = 0.73,
            Methods =
            [
                new(MethodCatalog.Combined, 24, 4, 123.53, 3.22), new(MethodCatalog.Random, 9, 3, 143.85, 1.72), new(MethodCatalog.Distance, 11, 2, 142.38, 5.04),
            ],
        },
        ["adult"] = new()
        {
            Inputs = 28,
            RowsPassingPhi = 200,
            Psi = (532, 11505),
            SecondsPerRetrain = 0.96,
            Methods =
            [
                new(MethodCatalog.Combined, 44, 7, 195.81, 5.73), new(MethodCatalog.Random, 15, 3, 206.90, 3.26), new(MethodCatalog.Distance, 15, 4, 206.32, 9.35),
            ],
        },
    };

    /// <summary>Inputs of its network, which embeds categories.</summary>
    public required int Inputs { get; init; }

    /// <summary>Test rows, at most 200.</summary>
    public required int RowsPassingPhi { get; init; }

    /// <summary>Smallest and largest n_psi.</summary>
    public required (int Min, int Max) Psi { get; init; }

    /// <summary>Rows with a counterfactual dataset of one flip; null on the large sets.</summary>
    public int? GroundTruth { get; init; }

    /// <summary>Of its machine.</summary>
    public required double SecondsPerRetrain { get; init; }

    /// <summary>What it reports of the methods.</summary>
    public required IReadOnlyList<PaperMethodFigures> Methods { get; init; }

    /// <summary>Of a data set.</summary>
    public static PaperFigures Of(string dataset) => Known[dataset];

    /// <summary>Of a method; null where the paper reports none.</summary>
    public PaperMethodFigures? Method(string name) => Methods.FirstOrDefault(method => method.Name == name);
}

/// <summary>What the paper reports of one method on one data set; times only of the method as a whole and its baselines.</summary>
internal sealed record PaperMethodFigures(string Name, int Found, int OneShot, double? SecondsPerRow = null, double? OverheadSecondsPerRow = null);
