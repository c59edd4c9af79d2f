using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Cfd.MLNet.Data;

namespace Cfd.MLNet.Auditing;

/// <summary>SHA-256 of what an audit reads, so that two audits can be told to rest on the same data.</summary>
internal static class DataHash
{
    /// <summary>Training and validation rows: features, labels, positions, groups, ids.</summary>
    public static string Of(TrainingTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AddTexts(hash, table.FeatureNames);
        Add(hash, table.Features, table.Labels);
        hash.AppendData(MemoryMarshal.AsBytes(table.Positions.AsSpan()));
        AddTexts(hash, table.Groups.Select(group => table.GroupNames[group]));
        AddTexts(hash, table.RowIds ?? []);
        Add(hash, table.ValidationFeatures, table.ValidationLabels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Test rows: features, groups, labels and ids.</summary>
    public static string Of(TestRows rows, TestRowDetails details)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, rows.Features, []);
        AddTexts(hash, rows.Groups);
        AddTexts(hash, (details.Labels ?? []).Select(label => label?.ToString() ?? ""));
        AddTexts(hash, details.Ids ?? []);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, FeatureMatrix features, float[] labels)
    {
        hash.AppendData(MemoryMarshal.AsBytes<int>([features.Rows, features.Columns]));
        for (int row = 0; row < features.Rows; row++) hash.AppendData(MemoryMarshal.AsBytes(features.Row(row)));
        hash.AppendData(MemoryMarshal.AsBytes(labels.AsSpan()));
    }

    private static void AddTexts(IncrementalHash hash, IEnumerable<string> texts)
    {
        // Each text behind its length, so that ("ab", "c") and ("a", "bc") differ.
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(MemoryMarshal.AsBytes<int>([bytes.Length]));
            hash.AppendData(bytes);
        }
    }
}
