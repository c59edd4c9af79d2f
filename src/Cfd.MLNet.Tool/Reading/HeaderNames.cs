using System.Globalization;

namespace Cfd.MLNet.Tool.Reading;

/// <summary>Gives each column a name of its own, and says where it had none.</summary>
internal static class HeaderNames
{
    /// <summary>Columns with the header's names; nameless and repeated ones get their number.</summary>
    public static IReadOnlyList<NamedColumn> Name(IReadOnlyList<string> headers, IReadOnlyList<RawColumn> fields, List<string> remarks)
    {
        var taken = headers.GroupBy(header => header, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var columns = new List<NamedColumn>();
        for (int index = 0; index < fields.Count; index++)
        {
            string header = headers[index];
            string number = (index + 1).ToString(CultureInfo.InvariantCulture);
            string name = header.Length == 0 ? $"column {number}" : used.Contains(header) ? $"{header} (column {number})" : header;
            while (used.Contains(name) || (name != header && taken.ContainsKey(name))) name += "'";
            used.Add(name);
            if (header.Length > 0 && name != header)
            {
                int twin = columns.FindIndex(column => column.Header.Equals(header, StringComparison.OrdinalIgnoreCase));
                string same = columns[twin].Fields.Equals(fields[index])
                    ? "it is equal in every row" : "it differs";
                remarks.Add($"Column {number} is named {Shown.Value(header)} like column {twin + 1}; it is called {Shown.Value(name)} here ({same}).");
            }

            columns.Add(new NamedColumn(name, header, fields[index]));
        }

        return columns;
    }
}
