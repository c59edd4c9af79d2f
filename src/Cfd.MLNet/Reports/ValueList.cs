using System.Collections;

namespace Cfd.MLNet.Reports;

/// <summary>A list that equals another list with equal elements, so that records which hold lists compare by their data. Immutable.</summary>
internal sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private const int Shown = 10;
    private readonly T[] _items;

    private ValueList(T[] items) => _items = items;

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    /// <summary>A list of these elements; null stays null.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(items))]
    public static ValueList<T>? Of(IEnumerable<T>? items) => items is null ? null : items as ValueList<T> ?? new([.. items]);

    public bool Equals(ValueList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items, EqualityComparer<T>.Default);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The first ten elements, e.g. "[3, 17, 40]".</summary>
    public override string ToString() => $"[{string.Join(", ", _items.Take(Shown))}{(_items.Length > Shown ? $", … ({_items.Length} in all)" : "")}]";

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
