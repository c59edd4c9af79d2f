#:property PublishAot=false
#:project ../src/Cfd.MLNet
#:project ../src/Cfd.MLNet.Reporting

// Trains a network on the Portuguese pupils (https://doi.org/10.24432/C5TG7T), audits it, writes a report, and fails where too many
// predictions hinge on one label:  dotnet run -c Release examples/train-and-audit.cs -- student-por.csv report.html

using Cfd.MLNet;
using Cfd.MLNet.Reporting;
using Microsoft.ML;
using Microsoft.ML.Data;

if (args is not [var data, var page])
{
    Console.Error.WriteLine("Give the path of student-por.csv and of the report to write.");
    return 2;
}

var ml = new MLContext(seed: 1);
IDataView rows = ml.Data.LoadFromTextFile<Pupil>(data, separatorChar: ';', hasHeader: true, allowQuoting: true);
rows = ml.Transforms.Expression("Label", "grade => grade >= 10", nameof(Pupil.Grade)).Fit(rows).Transform(rows);
var split = ml.Data.TrainTestSplit(rows, testFraction: 0.2, seed: 1);

string[] numbers = [nameof(Pupil.Age), nameof(Pupil.Failures), nameof(Pupil.Absences)];
var preparation = ml.Transforms.Categorical.OneHotEncoding([new("SexCode", nameof(Pupil.Sex)), new("HigherCode", nameof(Pupil.Higher))])
    .Append(ml.Transforms.NormalizeMeanVariance([.. numbers.Select(name => new InputOutputColumnPair($"{name}Z", name))], fixZero: false))
    .Append(ml.Transforms.Concatenate("Features", ["SexCode", "HigherCode", .. numbers.Select(name => $"{name}Z")]));

var cfd = ml.CounterfactualDatasets();
AuditReport report = cfd.Audit(cfd.Learners.ReluNetwork(preparation), split.TrainSet, split.TestSet, new()
{
    ProtectedColumnName = nameof(Pupil.Sex),
    ProtectedSlots = ["SexCode"],
    Budget = FlipBudget.OfRows(1),
    Schedule = Schedule.SingleFlips,
}).Report;
report.SaveHtml(page, new() { Title = "Pupils", Favourable = "passed", Unfavourable = "failed", Row = "pupil" });
Console.WriteLine($"{report.Summary.Found} of {report.Summary.Share.Total} predictions hinge on one label; see {page}");
try
{
    report.Check(maxShare: 0.2);
    return 0;
}
catch (AuditCheckException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

internal sealed class Pupil
{
    [LoadColumn(1)] public string Sex { get; set; } = "";
    [LoadColumn(2)] public float Age { get; set; }
    [LoadColumn(14)] public float Failures { get; set; }
    [LoadColumn(20)] public string Higher { get; set; } = "";
    [LoadColumn(29)] public float Absences { get; set; }
    [LoadColumn(32)] public float Grade { get; set; }
}
