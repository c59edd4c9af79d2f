using Cfd.MLNet.Filtering;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search;
using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>f, trained on the data of an audit, and all that is asked of it. Thread-safe.</summary>
/// <param name="search">f and the retrains around it, for searches.</param>
/// <param name="answer">What f says of each test row.</param>
internal abstract class AuditedModel(SearchModel search, Answer answer)
{
    public SearchModel Search => search;

    /// <summary>What f says of each test row.</summary>
    public Answer Base => answer;

    /// <summary>f of the test rows moved to other groups.</summary>
    /// <exception cref="ArgumentException">The rows cannot be moved as the plan asks.</exception>
    public abstract IGroupMoves Moves(SearchPlan plan);

    /// <summary>f, or f' of these flips, raw rows in, predictions out.</summary>
    public abstract ITransformer Transformer(FlipSet flips);
}
