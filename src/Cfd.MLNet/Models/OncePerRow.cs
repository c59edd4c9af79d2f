using Microsoft.ML;

namespace Cfd.MLNet.Models;

/// <summary>A value computed at most once for each row that a cursor stands on. Belongs to one cursor.</summary>
internal sealed class OncePerRow<T>(DataViewRow row, Func<T> compute)
{
    private long _position = long.MinValue;

    public T Value
    {
        get
        {
            if (_position == row.Position) return field;
            field = compute();
            _position = row.Position;
            return field;
        }
    } = default!;
}
