namespace Cfd.MLNet.Reports;

/// <summary>The groups that a comparison names, whether or not a row of theirs was audited.</summary>
/// <param name="ofTraining">The groups of the protected attribute in the training rows.</param>
/// <param name="testRows">Each row of the test view: its value of the protected attribute, then of each further group column.</param>
internal sealed class KnownGroups(IReadOnlyList<string> ofTraining, IReadOnlyList<IReadOnlyList<string>> testRows)
{
    /// <summary>Those of the audited rows alone.</summary>
    public static KnownGroups None { get; } = new([], []);

    /// <summary>Each group with its rows in the test view; attributes: which, 0 being the protected one.</summary>
    public Dictionary<ValueList<string>, int> Of(IReadOnlyList<int> attributes)
    {
        var groups = testRows.CountBy(values => ValueList<string>.Of(attributes.Select(attribute => values[attribute]))).ToDictionary();
        if (attributes is [0])
        {
            foreach (string name in ofTraining) groups.TryAdd(ValueList<string>.Of([name]), 0);
        }

        return groups;
    }
}
