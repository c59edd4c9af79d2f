using Microsoft.ML;

namespace Cfd.MLNet.Auditing;

/// <summary>What a report tells of rows beside their answers. Reading it checks the columns that options name.</summary>
internal sealed class RowDescriptions
{
    private readonly IDataView _train;
    private readonly IDataView _test;
    private readonly InputReader _inputs;

    /// <exception cref="ArgumentException">A column is missing, of a wrong type, or has too many values.</exception>
    public RowDescriptions(AuditSubject subject, IDataView train, IDataView test, AuditOptions options)
    {
        _train = train;
        _test = test;
        Test = TestRowDetails.Read(test, subject.Preparation?.Transform(test) ?? test, subject.Table, options);
        _inputs = new InputReader(subject.Preparation, train, test, subject.Table.Columns.Features, options);
    }

    public TestRowDetails Test { get; }

    /// <summary>One entry a value of <see cref="TrainInputs"/> and <see cref="TestInputs"/>.</summary>
    public IReadOnlyList<InputColumn> Inputs => _inputs.Inputs;

    /// <summary>The values of training rows, by position.</summary>
    public Dictionary<long, string[]> TrainInputs(IEnumerable<long> positions) => _inputs.Read(_train, positions);

    /// <summary>The values of test rows, by position.</summary>
    public Dictionary<long, string[]> TestInputs(IEnumerable<long> positions) => _inputs.Read(_test, positions);
}
