namespace Cfd.MLNet.Reports;

/// <summary>Something a record holds that is no part of its data: it takes no part in comparisons.</summary>
internal readonly struct NotCompared<T>(T? value) : IEquatable<NotCompared<T>>
    where T : class
{
    public T? Value => value;

    public bool Equals(NotCompared<T> other) => true;

    public override bool Equals(object? obj) => obj is NotCompared<T>;

    public override int GetHashCode() => 0;
}
