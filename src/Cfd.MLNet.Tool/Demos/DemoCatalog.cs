using Cfd.MLNet.Tool.Auditing;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Demos;

/// <summary>Generated data sets whose wrong labels are known.</summary>
internal static class DemoCatalog
{
    /// <summary>The names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["diplomas", "hiring"];

    /// <summary>A data set by its name.</summary>
    public static AuditInput Create(MLContext context, string name, int seed) => name == Names[0] ? DiplomaSource.Create(context) : HiringSource.Create(context, seed);
}
