using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Transforms;

/// <summary>A column of the counterfactual dataset transform.</summary>
internal abstract class CounterfactualColumn
{
    /// <summary>Its name and type in a schema.</summary>
    public abstract DataViewSchema.DetachedColumn Detached { get; }

    /// <summary>A <see cref="ValueGetter{TValue}"/> of what it says of the current row's answer.</summary>
    public abstract Delegate Getter(Func<RowAnswer> answer);

    /// <summary>Writes what it says of an answer into the row of a saved model.</summary>
    public abstract void Write(RowAnswer answer, SearchOutput row);
}

/// <inheritdoc/>
/// <param name="name">Its name.</param>
/// <param name="type">Its type.</param>
/// <param name="read">What it says of an answer.</param>
/// <param name="write">Where a saved model's row holds it.</param>
internal sealed class CounterfactualColumn<T>(string name, DataViewType type, Func<RowAnswer, T> read, Action<SearchOutput, T> write) : CounterfactualColumn
{
    public override DataViewSchema.DetachedColumn Detached => new(name, type);

    public override Delegate Getter(Func<RowAnswer> answer) => (ValueGetter<T>)((ref T value) => value = read(answer()));

    public override void Write(RowAnswer answer, SearchOutput row) => write(row, read(answer));
}
