using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>What kind of column groups are read from; each has its own way to become text.</summary>
internal enum GroupSource
{
    Text,
    NamedKey,
    UnnamedKey,
    Boolean,
    Single,
    Number,
}

/// <summary>Tells group columns apart.</summary>
internal static class GroupSources
{
    public static GroupSource Of(DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => GroupSource.Text,
        KeyDataViewType => ValueReader.KeyNames(column) is null ? GroupSource.UnnamedKey : GroupSource.NamedKey,
        BooleanDataViewType => GroupSource.Boolean,
        _ => column.Type.RawType == typeof(float) ? GroupSource.Single : GroupSource.Number,
    };
}
