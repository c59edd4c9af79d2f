using System.Reflection;

namespace Cfd.MLNet.Tests;

/// <summary>All objects that one holds, through fields, elements and delegates.</summary>
internal static class Reachable
{
    public static HashSet<object> From(object start)
    {
        var found = new HashSet<object>(ReferenceEqualityComparer.Instance) { start };
        var waiting = new Stack<object>([start]);
        while (waiting.TryPop(out var held))
        {
            var values = held is Array elements
                ? elements.GetType().GetElementType() is { IsPrimitive: false, IsPointer: false } ? elements.Cast<object?>() : []
                : FieldsOf(held.GetType()).Select(field => field.GetValue(held));
            foreach (var value in values)
            {
                if (value is not (null or string or Type or MemberInfo or Assembly) && found.Add(value)) waiting.Push(value);
            }
        }

        return found;
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (field.FieldType is { IsPrimitive: false, IsPointer: false, IsEnum: false, IsByRefLike: false }) yield return field;
            }
        }
    }
}
