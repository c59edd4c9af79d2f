using TorchSharp;

namespace Cfd.MLNet.TorchSharp;

/// <summary>Loads libtorch, and where that fails says what is missing.</summary>
internal static class TorchLibrary
{
    private static readonly Lazy<Exception?> Failure = new(Load);

    /// <exception cref="DllNotFoundException">The native library does not load.</exception>
    public static void EnsureLoaded()
    {
        if (Failure.Value is not { } failure) return;
        throw new DllNotFoundException(
            "TorchSharp's native library does not load. Reference the package TorchSharp-cpu 0.107.0, or the CUDA bundle of that version " +
            "for this system (TorchSharp-cuda-linux, TorchSharp-cuda-windows), in the application. On Linux, TorchSharp 0.107.0 needs the " +
            "libstdc++ of GCC 13 (GLIBCXX_3.4.32: Debian 13, Ubuntu 24.04 or later). Or train without it: leave NetworkOptions.Engine at " +
            $"TrainingEngine.Managed. The loader says: {Words(failure)}",
            failure);
    }

    private static Exception? Load()
    {
        try
        {
            using var probe = torch.zeros(1);
            return null;
        }
        catch (Exception failure) when (failure is TypeInitializationException or DllNotFoundException or NotSupportedException or BadImageFormatException)
        {
            return failure;
        }
    }

    /// <summary>TorchSharp wraps the loader's message in others, and keeps it to itself on some paths: then we load once more.</summary>
    private static string Words(Exception failure)
    {
        while (failure.InnerException is { } inner) failure = inner;
        try
        {
            System.Runtime.InteropServices.NativeLibrary.Load("LibTorchSharp", typeof(torch).Assembly, null);
            return failure.Message;
        }
        catch (Exception loader) when (loader is DllNotFoundException or BadImageFormatException)
        {
            return loader.Message;
        }
    }
}
