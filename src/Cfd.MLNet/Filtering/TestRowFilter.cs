namespace Cfd.MLNet;

/// <summary>phi: which test rows are worth explaining (paper, Algorithm 1 line 2). Immutable; thread-safe if its predicate is.</summary>
public sealed class TestRowFilter
{
    private TestRowFilter(string name, Func<TestRow, bool>? predicate) => (Name, Predicate) = (name, predicate);

    /// <summary>
    /// The default: rows that look fair at inference time. f(x) stays the same when the slots of the protected attribute take the
    /// values of every other group. If the attribute is not among the features, every row passes.
    /// </summary>
    public static TestRowFilter ProtectedAttributeInvariant { get; } = new(nameof(ProtectedAttributeInvariant), null);

    /// <summary>Every row.</summary>
    public static TestRowFilter None { get; } = new(nameof(None), static _ => true);

    /// <summary>The name reported for rows that the filter turns away.</summary>
    public string Name { get; }

    /// <summary>Null for <see cref="ProtectedAttributeInvariant"/>, which needs the model.</summary>
    internal Func<TestRow, bool>? Predicate { get; }

    /// <summary>Whether the filter can be written into a saved model.</summary>
    internal bool IsBuiltIn => this == ProtectedAttributeInvariant || this == None;

    /// <summary>A predicate of your own: true lets a row pass. It is called from several threads; it cannot be saved.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static TestRowFilter Where(string name, Func<TestRow, bool> predicate)
    {
        Preconditions.NotBlank(name, nameof(name));
        ArgumentNullException.ThrowIfNull(predicate);
        return new TestRowFilter(name, predicate);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
