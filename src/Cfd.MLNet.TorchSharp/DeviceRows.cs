using Cfd.MLNet.Data;

using static TorchSharp.torch;

namespace Cfd.MLNet.TorchSharp;

/// <summary>Copies between arrays of ours and tensors on a device; the tensors belong to no dispose scope.</summary>
internal static class DeviceRows
{
    /// <summary>[rows, columns], without the padding that rows have in memory.</summary>
    public static Tensor Features(FeatureMatrix features, Device device)
    {
        var values = new float[features.Rows * features.Columns];
        for (int row = 0; row < features.Rows; row++) features.Row(row).CopyTo(values.AsSpan(row * features.Columns));
        return Upload(values, device, features.Rows, features.Columns);
    }

    public static Tensor Upload(float[] values, Device device, params long[] shape)
        => tensor(values, shape, device: device).DetachFromDisposeScope();

    public static Tensor Upload(long[] values, Device device)
        => tensor(values, device: device).DetachFromDisposeScope();

    public static float[] Floats(Tensor values)
    {
        using var here = values.cpu();
        using var plain = here.contiguous();
        return plain.data<float>().ToArray();
    }

    public static double[] Doubles(Tensor values)
    {
        using var here = values.cpu();
        using var plain = here.contiguous();
        return plain.data<double>().ToArray();
    }
}
