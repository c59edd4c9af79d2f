using Cfd.MLNet.Data;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Learning;

/// <summary>
/// What a retrained model says: the logit of each row that is asked about, above 0 for the positive class; or, where rows come one
/// by one, the network, which answers any row. The answer of an ensemble is its members' answers, its logit their mean. Immutable and thread-safe.
/// </summary>
internal sealed class Answer
{
    private float[]? _logits;
    private readonly AskedRows? _asked;
    private readonly ReluNetwork? _network;
    private readonly Answer[]? _members;

    /// <param name="logits">One for each of the rows.</param>
    /// <param name="asked">The rows; null for all.</param>
    public Answer(float[] logits, AskedRows? asked = null) => (_logits, _asked) = (logits, asked);

    public Answer(ReluNetwork network) => _network = network;

    private Answer(Answer[] members) => _members = members;

    /// <summary>The members' answers; of a single model its own.</summary>
    public IReadOnlyList<Answer> Members => _members ?? [this];

    /// <summary>Bytes that keeping it costs.</summary>
    public long SizeInBytes => _members?.Sum(member => member.SizeInBytes) ?? _network?.SizeInBytes ?? (_logits!.Length * sizeof(float)) + 64L;

    /// <summary>One logit for each of the rows asked about.</summary>
    public float[] Logits
    {
        get
        {
            if (_members is null || _logits is not null) return _logits ?? throw new InvalidOperationException("The learner was asked for networks, not for the logits of rows.");
            float[][] each = [.. _members.Select(member => member.Logits)];
            return _logits = [.. Enumerable.Range(0, each[0].Length).Select(row => NetworkEnsemble.Mean([.. each.Select(logits => logits[row])]))];
        }
    }

    /// <summary>The answer of an ensemble; of one member its own.</summary>
    public static Answer Of(IReadOnlyList<Answer> members) => members.Count == 1 ? members[0] : new Answer([.. members]);

    /// <summary>The answer of a network or several, each row answered when it is asked about.</summary>
    public static Answer Of(NetworkEnsemble networks) => Of([.. networks.Members.Select(member => new Answer(member.Network))]);

    /// <summary>The logit of one of the rows asked about.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="row">Which of these.</param>
    public float Logit(FeatureMatrix rows, int row)
        => _members is null ? _network?.Logit(rows.Row(row)) ?? _logits![_asked?.PlaceOf(row) ?? row] : NetworkEnsemble.Mean(MemberLogits(rows, row));

    /// <summary>The logit of one of the rows asked about beforehand, by its position in the test view.</summary>
    public float Logit(int row) => Logits[Members[0]._asked?.PlaceOf(row) ?? row];

    /// <summary>The logit that each member gives one of the rows.</summary>
    public float[] MemberLogits(FeatureMatrix rows, int row) => _members is null ? [Logit(rows, row)] : Array.ConvertAll(_members, member => member.Logit(rows, row));
}

/// <summary>What a retrain came to.</summary>
/// <param name="Answer">The retrained model's; null where the training diverged.</param>
/// <param name="Failure">Why it diverged; null where there is an answer.</param>
/// <param name="Time">The time it took, or its part of the time that a stack took.</param>
internal readonly record struct Retrain(Answer? Answer, string? Failure, TimeSpan Time)
{
    /// <summary>Epochs that a network's weights were trained for; 0 where there is none.</summary>
    public int Epochs { get; init; }

    /// <summary>Mean loss of a network's validation rows; NaN where it has none.</summary>
    public double ValidationLoss { get; init; }

    /// <summary>The retrain of an ensemble: without an answer where any member has none.</summary>
    public static Retrain Of(IReadOnlyList<Retrain> members)
    {
        if (members.Count == 1) return members[0];
        var time = new TimeSpan(members.Sum(member => member.Time.Ticks));
        return members.FirstOrDefault(member => member.Answer is null) is { Failure: { } failure }
            ? new Retrain(null, failure, time)
            : new Retrain(Learning.Answer.Of([.. members.Select(member => member.Answer!)]), null, time);
    }
}
