using AutoMlFairnessCheck;
using Microsoft.ML;

// dotnet run -c Release --project examples/AutoMlFairnessCheck [FOLDER OF THE DATA SETS [SECONDS A SEARCH]]
string? directory = args.Length > 0 ? args[0] : null;
uint seconds = args.Length > 1 ? uint.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 30;

var context = new MLContext(seed: 1);
var german = GermanCredit.Load(context, directory);

Console.WriteLine("AutoML, classic API");
FairnessCheck.Print(FairnessCheck.Audit(context, AutoMlWinners.Classic(context, german, seconds), german).Report, Console.Out);

Console.WriteLine("AutoML 2.0");
FairnessCheck.Print(FairnessCheck.Audit(context, await AutoMlWinners.SweepableAsync(context, german, seconds), german).Report, Console.Out);
