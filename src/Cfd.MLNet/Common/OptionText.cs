using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Cfd.MLNet.Common;

/// <summary>An option's name, as files have it, and its parameters as a person would write them: "Adaptive(MaxRetrains: 100)".</summary>
internal static class OptionText
{
    public static string Of<T>(T option)
        where T : class
    {
        var type = option.GetType();
        string name = typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>().First(known => known.DerivedType == type).TypeDiscriminator!.ToString()!;
        string[] parameters =
        [
            .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
               where property.GetValue(option) is not null
               select string.Create(CultureInfo.InvariantCulture, $"{property.Name}: {property.GetValue(option)}"),
        ];
        return parameters.Length == 0 ? name : $"{name}({string.Join(", ", parameters)})";
    }
}
