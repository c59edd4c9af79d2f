using System.Globalization;
using Cfd.MLNet.Data;

namespace Cfd.MLNet.Filtering;

/// <summary>
/// Which feature slots hold the protected attribute, and which values they take for each group, read from the training data.
/// Slots are found by name: the column's own name, or "column.value" as OneHotEncoding and Concatenate write it. None is an answer too.
/// </summary>
internal sealed class ProtectedSlots
{
    private readonly int[] _slots;
    private readonly float[]?[] _valuesByGroup;

    private ProtectedSlots(int[] slots, float[]?[] valuesByGroup) => (_slots, _valuesByGroup) = (slots, valuesByGroup);

    /// <summary>Whether the attribute is not among the features, so that phi holds for every row.</summary>
    public bool IsEmpty => _slots.Length == 0;

    /// <summary>Finds the slots by the given names, or by the protected column's name if there are none.</summary>
    /// <exception cref="ArgumentException">A given name matches no slot.</exception>
    /// <exception cref="InvalidDataException">A slot differs between rows of one group.</exception>
    public static ProtectedSlots Find(TrainingTable table, IReadOnlyList<string>? slotNames)
    {
        var slots = new SortedSet<int>();
        if (slotNames?.Contains(null!) == true) throw new ArgumentException("ProtectedSlots holds null; name slots, or leave it null for those that are called like the protected column.");
        foreach (string name in slotNames ?? [table.Columns.Protected!])
        {
            int before = slots.Count;
            for (int slot = 0; slot < table.FeatureNames.Length; slot++)
            {
                string slotName = table.FeatureNames[slot];
                if (slotName == name || slotName.StartsWith(name + ".", StringComparison.Ordinal)) slots.Add(slot);
            }

            if (slotNames is not null && slots.Count == before)
                throw new ArgumentException(
                    $"ProtectedSlots names '{name}', but no slot of column '{table.Columns.Features}' is called so or starts with '{name}.'. " +
                    $"The slots are: {string.Join(", ", table.FeatureNames.Take(40))}{(table.FeatureNames.Length > 40 ? ", …" : "")}.");
        }

        int[] found = [.. slots];
        if (found.Length == 0 && slotNames is null) RequireNoOtherEncoding(table);
        return new ProtectedSlots(found, ReadValues(table, found));
    }

    /// <summary>Overwrites the slots with the values of a group; false where no training row belongs to it.</summary>
    public bool TryMoveTo(int group, Span<float> features)
    {
        if (_valuesByGroup[group] is not { } values) return false;
        for (int i = 0; i < _slots.Length; i++) features[_slots[i]] = values[i];
        return true;
    }

    /// <summary>An encoding under another name would switch phi off unnoticed.</summary>
    private static void RequireNoOtherEncoding(TrainingTable table)
    {
        string[] followers = [.. Enumerable.Range(0, table.FeatureNames.Length).Where(slot => Follows(table, slot)).Select(slot => table.FeatureNames[slot])];
        if (followers.Length == 0) return;
        throw new ArgumentException(
            $"No feature slot is called '{table.Columns.Protected}' or '{table.Columns.Protected}.…', but slots tell its groups apart: '{string.Join("', '", followers.Take(10))}'. " +
            "If they encode it, name them in ProtectedSlots (a prefix before the dot is enough); if not, set ProtectedSlots to an empty list.");
    }

    /// <summary>Whether a slot holds one value a group, and not the same for all.</summary>
    private static bool Follows(TrainingTable table, int slot)
    {
        var values = new float?[table.GroupNames.Count];
        for (int row = 0; row < table.Rows; row++)
        {
            float value = table.Features.Row(row)[slot];
            if ((values[table.Groups[row]] ??= value) != value) return false;
        }

        return values.Distinct().Count() > 1;
    }

    private static float[]?[] ReadValues(TrainingTable table, int[] slots)
    {
        var values = new float[]?[table.GroupNames.Count];
        for (int row = 0; row < table.Rows; row++)
        {
            var features = table.Features.Row(row);
            int group = table.Groups[row];
            if (values[group] is not { } known)
            {
                known = new float[slots.Length];
                for (int i = 0; i < slots.Length; i++) known[i] = features[slots[i]];
                values[group] = known;
                continue;
            }

            for (int i = 0; i < slots.Length; i++)
            {
                if (features[slots[i]].Equals(known[i])) continue;
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"Column '{table.Columns.Features}' row {table.Positions[row]} slot {slots[i]} ('{table.FeatureNames[slots[i]]}') is {features[slots[i]]}, " +
                    $"but {known[i]} in other rows of group '{table.GroupNames[group]}' of '{table.Columns.Protected}'. A protected slot must hold one value a group; " +
                    $"name the right slots in ProtectedSlots."));
            }
        }

        return values;
    }
}
