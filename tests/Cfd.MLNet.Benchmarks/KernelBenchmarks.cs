using BenchmarkDotNet.Attributes;
using Cfd.MLNet.Common;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Kernels;

namespace Cfd.MLNet.Benchmarks;

/// <summary>Single kernels on a block of 32 samples at 256 bits: <c>dotnet run -c Release -- --filter '*Kernel*'</c>.</summary>
public unsafe class KernelBenchmarks : IDisposable
{
    private const int Samples = 32, Width = 32, Room = 1 << 15;
    private static readonly AdamConstants Constants = AdamConstants.ForStep(new AdamSettings(0.005, 0.9, 0.999, 1e-8), 0.9, 0.999);
    private Arena _arena = null!;
    private float* _input, _weights, _biases, _activations, _derivatives, _gradient;

    /// <summary>Inputs of the layer.</summary>
    [Params(32, 36, 56, 104)]
    public int Inputs { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _arena = new Arena(6 * Room);
        _input = Fill();
        _weights = Fill();
        _biases = Fill();
        _activations = Fill();
        _derivatives = Fill();
        _gradient = Fill();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _arena.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Forward()
        => DenseLayer<Lanes256>.Forward(_input, Inputs, Samples, Inputs, _weights, _biases, _activations, Width);

    [Benchmark]
    public void Backward()
        => DenseLayer<Lanes256>.Backward(_derivatives, Width, Samples, Width, _weights, _activations, _gradient, Width);

    [Benchmark]
    public void WeightGradient() => DenseLayer<Lanes256>.WeightGradient(
        _input, Inputs, Samples, Inputs, _derivatives, Width, _gradient, isFirstBlock: true);

    [Benchmark]
    public void Transpose() => Transposition.Transpose(_weights, Width, Width, _gradient, Width, Width);

    /// <summary>As many parameters as the layer has weights.</summary>
    [Benchmark]
    public void Adam() => AdamStep<Lanes256>.Apply(_weights, _gradient, _activations, _input, Inputs * Width, Constants);

    private float* Fill()
    {
        var random = new SeededRandom(1);
        float* values = _arena.Take(Room);
        for (int i = 0; i < Room; i++) values[i] = (float)random.NextDouble();
        return values;
    }
}
