using Microsoft.ML;

namespace Cfd.MLNet.Models;

/// <summary>The getters of one row or cursor: its own for input columns, computed ones for appended columns.</summary>
internal sealed class ColumnGetters(DataViewRow input, ColumnBindings bindings, bool[] appended)
{
    private readonly Delegate?[] _getters = appended.Contains(true) ? bindings.Map.CreateGetters(input, index => appended[index]) : [];

    public bool IsActive(DataViewSchema.Column column)
        => column.Index < bindings.InputCount ? input.IsColumnActive(bindings.Map.Input[column.Index]) : appended[column.Index - bindings.InputCount];

    /// <exception cref="InvalidOperationException">The column is not active, or of another type.</exception>
    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (column.Index < bindings.InputCount) return input.GetGetter<TValue>(bindings.Map.Input[column.Index]);
        if (!appended[column.Index - bindings.InputCount])
            throw new InvalidOperationException($"Column '{column.Name}' is not active in this cursor; name it among the columns needed.");
        return _getters[column.Index - bindings.InputCount] as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, not {typeof(TValue).Name}.");
    }
}
