using TorchSharp;

[assembly: DoNotParallelize]

namespace Cfd.MLNet.TorchSharp.Tests;

/// <summary>
/// One thread for libtorch: its threads wait for each other by spinning, and on a machine with other work that takes many times as
/// long. A test that wants more sets them itself.
/// </summary>
[TestClass]
public static class TestSettings
{
    [AssemblyInitialize]
    public static void Initialize(TestContext _)
    {
        if (TorchEngines.Loads) torch.set_num_threads(1);
    }
}
