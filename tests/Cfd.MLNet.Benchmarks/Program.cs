using BenchmarkDotNet.Running;

namespace Cfd.MLNet.Benchmarks;

/// <summary><c>-- ratio</c>: the quick side-by-side measurement; anything else goes to BenchmarkDotNet.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is ["ratio", .. var rest]) return RatioCommand.Run(rest);
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
        return 0;
    }
}
