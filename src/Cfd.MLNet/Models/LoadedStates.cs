using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cfd.MLNet.Models;

/// <summary>
/// What the states of loaded models stand for, made once each: the constant column hands out one text object for all rows, by which
/// they are known. Thread-safe.
/// </summary>
internal sealed class LoadedStates<T>(Func<string, T> parse)
    where T : class
{
    private readonly ConditionalWeakTable<string, Lazy<T>> _known = [];

    public T For(ReadOnlyMemory<char> state)
    {
        string text = MemoryMarshal.TryGetString(state, out string? whole, out int start, out int length) && start == 0 && length == whole.Length
            ? whole
            : state.ToString();
        return _known.GetValue(text, key => new Lazy<T>(() => parse(key))).Value;
    }
}
