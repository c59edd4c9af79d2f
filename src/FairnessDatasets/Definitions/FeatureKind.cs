namespace FairnessDatasets.Definitions;

/// <summary>How a column becomes inputs of a network.</summary>
internal enum FeatureKind
{
    /// <summary>A number: one standardised input.</summary>
    Numeric,

    /// <summary>A text with exactly two levels: one input of 0 or 1.</summary>
    Binary,

    /// <summary>A text with three or more levels: one input of 0 or 1 for each level.</summary>
    Categorical,
}
