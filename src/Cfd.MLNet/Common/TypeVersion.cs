using System.Reflection;

namespace Cfd.MLNet.Common;

/// <summary>The version of the library that a type is from.</summary>
internal static class TypeVersion
{
    /// <summary>Without the commit that builds append.</summary>
    public static string Of(Type type) => WithCommit(type).Split('+')[0];

    /// <summary>With the commit, where the build knew it.</summary>
    public static string WithCommit(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? type.Assembly.GetName().Version!.ToString();

    /// <summary>The type's name with it.</summary>
    public static string NameOf(Type type) => $"{type.Name} {Of(type)}";
}
