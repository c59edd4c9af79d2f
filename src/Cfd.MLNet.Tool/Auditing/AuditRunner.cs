using Cfd.MLNet.Tool.Demos;
using Cfd.MLNet.Tool.Understanding;
using Cfd.MLNet.Tool.Views;
using Microsoft.ML;

namespace Cfd.MLNet.Tool.Auditing;

/// <summary>Loads what is to be audited and runs the library on it.</summary>
internal sealed class AuditRunner(AuditSettings settings)
{
    private readonly MLContext _context = new(settings.Seed);

    /// <summary>The user's table as understood; null for data of our own.</summary>
    public AuditTable? Table { get; private set; }

    /// <summary>Reads the data; trains nothing.</summary>
    /// <exception cref="ArgumentException">A value does not fit.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is malformed, or has too little left.</exception>
    public AuditPlan Plan(Action<UnderstoodTable> understood)
    {
        AuditInput input;
        if (settings.Files is { } files)
        {
            var table = UnderstoodTable.Read(files);
            understood(table);
            Table = new AuditTable(table, files.Columns);
            input = FileSource.Create(_context, Table, settings);
        }
        else
        {
            input = settings.Dataset is { } name ? PublicSource.Create(_context, name, settings.DataDirectory, settings.Seed) : DemoCatalog.Create(_context, settings.Demo!, settings.Seed);
        }

        return AuditPlan.Create(_context, input, settings);
    }

    /// <summary>Trains and searches.</summary>
    public AuditResults Run(AuditPlan plan, ProgressView progress, CancellationToken cancellationToken)
    {
        var cfd = _context.CounterfactualDatasets();
        var learner = Learners.Create(cfd, plan);
        var run = progress.Run(observer => cfd.Audit(learner, plan.Input.Train, plan.Test, plan.Options, observer, cancellationToken));
        return new AuditResults(plan, run);
    }
}
