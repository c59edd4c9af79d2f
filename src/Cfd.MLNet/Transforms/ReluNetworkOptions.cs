namespace Cfd.MLNet;

/// <summary>Options of the ReLU network trainer: the network's own and the columns it reads. Immutable.</summary>
public sealed record ReluNetworkOptions : NetworkOptions
{
    /// <summary>Label column: Boolean, a key, text or a number with exactly two values. Default: "Label".</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Feature column: a vector of float, dense or sparse, of known size. Default: "Features".</summary>
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>
    /// Which value of the label is the positive class, as text: Score above 0 stands for it. Must be named for a key or text label, whose values
    /// have no order of their own (ML.NET's Evaluate takes the second key as positive whatever is named here: evaluate on a Boolean label).
    /// Default: null, true or the larger number.
    /// </summary>
    public string? PositiveLabel { get; init; }

    /// <summary>Row weights are not supported: leave it null, the default. A name here is refused rather than ignored.</summary>
    public string? ExampleWeightColumnName { get; init; }

    internal override void Validate()
    {
        base.Validate();
        Preconditions.NotBlank(LabelColumnName, nameof(LabelColumnName));
        Preconditions.NotBlank(FeatureColumnName, nameof(FeatureColumnName));
        if (ExampleWeightColumnName is not null)
            throw new NotSupportedException(
                $"ExampleWeightColumnName is '{ExampleWeightColumnName}', but row weights are not supported: leave it null, or repeat the rows that should count more.");
    }
}
