using System.Diagnostics;
using System.Reflection;

namespace Cfd.MLNet.Models;

/// <summary>
/// ML.NET's converter to ONNX knows its own transforms alone, by an interface that is closed to others, and leaves out all others without
/// a word: the file would hold a chain without its network. It asks a chain to transform first, so that we can refuse.
/// </summary>
internal static class OnnxExport
{
    private const string Converter = "Microsoft.ML.OnnxConverter";
    private static volatile bool _isLoaded;

    static OnnxExport()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => _isLoaded |= IsConverter(loaded.LoadedAssembly);
        _isLoaded |= AppDomain.CurrentDomain.GetAssemblies().Any(IsConverter);
    }

    /// <exception cref="NotSupportedException">The converter asks.</exception>
    public static void Refuse()
    {
        if (_isLoaded && new StackTrace().GetFrames().Any(frame => frame.GetMethod()?.DeclaringType is { } type && IsConverter(type.Assembly)))
            throw new NotSupportedException(
                "A network of Cfd.MLNet cannot be exported to ONNX: the file would hold the pipeline without the network. Save the model with mlContext.Model.Save instead; " +
                "weights and biases for an export of your own are in ReluNetworkTransformer.Model.");
    }

    private static bool IsConverter(Assembly assembly) => assembly.GetName().Name == Converter;
}
