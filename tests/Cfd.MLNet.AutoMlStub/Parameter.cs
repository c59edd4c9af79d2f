namespace Microsoft.ML.SearchSpace;

/// <summary>The parameters of a trial, by name; of a pipeline, which of its options was taken.</summary>
public sealed class Parameter
{
    private readonly Dictionary<string, Parameter> _children = [];

    internal Parameter(int option) => Option = option;

    internal int Option { get; }

    public Parameter this[string key]
    {
        get => _children[key];
        internal set => _children[key] = value;
    }
}
