using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>Reads the feature vector of a row, dense or sparse, and finds what a network cannot take.</summary>
internal sealed class FeatureReader(DataViewRow row, DataViewSchema.Column column)
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _buffer;

    public int Count { get; } = Columns.FeatureCount(column);

    /// <summary>Copies the current row's features into target, which has <see cref="Count"/> elements.</summary>
    public void Read(Span<float> target)
    {
        _getter(ref _buffer);
        _buffer.CopyTo(target);
    }

    /// <summary>The first slot that is NaN or infinite, or -1.</summary>
    public static int FirstNonFinite(ReadOnlySpan<float> features)
    {
        for (int slot = 0; slot < features.Length; slot++)
        {
            if (!float.IsFinite(features[slot])) return slot;
        }

        return -1;
    }

    /// <summary>Says which value is wrong and what to do about it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string Describe(string column, long row, int slot, string slotName, float value)
    {
        string name = slotName == $"slot {slot}" ? "" : $" ('{slotName}')";
        string text = float.IsNaN(value) ? "NaN" : value.ToString(CultureInfo.InvariantCulture);
        return $"Column '{column}' row {row} slot {slot}{name} is {text}; features must be finite numbers. " +
            "Replace missing values before training, e.g. with ReplaceMissingValues.";
    }
}
