using AutoMlFairnessCheck;
using Microsoft.ML;

// dotnet run -c Release --project examples/AutoMlFairnessCheck [FOLDER OF THE DATA SETS [SECONDS A SEARCH]]
string? directory = args.Length > 0 ? args[0] : null;
uint seconds = args.Length > 1 ? uint.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 30;

var context = new MLContext(seed: 1);
var german = GermanCredit.Load(context, directory);

Console.WriteLine("AutoML, classic API");
await CheckAsync(AutoMlWinners.Classic(context, german, seconds));

Console.WriteLine("AutoML 2.0");
await CheckAsync(await AutoMlWinners.SweepableAsync(context, german, seconds));

async Task CheckAsync(Cfd.MLNet.Learner winner)
{
    await FairnessCheck.PrintEstimateAsync(context, winner, german, Console.Out);
    var progress = new Progress<Cfd.MLNet.AuditProgress>(now => Console.Error.Write($"\r  {now.Trainings} refits, {now.Found} found"));
    FairnessCheck.Print(FairnessCheck.Audit(context, winner, german, progress).Report, Console.Out);
}
