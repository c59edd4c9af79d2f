namespace Cfd.MLNet;

/// <summary>psi: whose labels may flip for a test row (paper, Algorithm 1 line 5). Immutable; thread-safe if its predicate is.</summary>
public sealed class TrainingRowFilter
{
    private TrainingRowFilter(string name, Func<TestRow, TrainingRow, bool>? predicate) => (Name, Predicate) = (name, predicate);

    /// <summary>
    /// The default: rows of the same protected group as x, whose label and whose own prediction f(x_i) both equal f(x).
    /// </summary>
    public static TrainingRowFilter SameGroupLabelAndPrediction { get; } = new(nameof(SameGroupLabelAndPrediction), null);

    /// <summary>Every training row.</summary>
    public static TrainingRowFilter None { get; } = new(nameof(None), static (_, _) => true);

    /// <summary>The name shown in reports.</summary>
    public string Name { get; }

    /// <summary>Null for <see cref="SameGroupLabelAndPrediction"/>, which has a faster way.</summary>
    internal Func<TestRow, TrainingRow, bool>? Predicate { get; }

    /// <summary>Whether the filter can be written into a saved model.</summary>
    internal bool IsBuiltIn => this == SameGroupLabelAndPrediction || this == None;

    /// <summary>
    /// A predicate of your own: true lets the training row's label flip for the test row. Called for every pair, from several
    /// threads; it cannot be saved.
    /// </summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static TrainingRowFilter Where(string name, Func<TestRow, TrainingRow, bool> predicate)
    {
        Preconditions.NotBlank(name, nameof(name));
        ArgumentNullException.ThrowIfNull(predicate);
        return new TrainingRowFilter(name, predicate);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
