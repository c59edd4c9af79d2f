using System.CommandLine;
using PaperEvaluation;
using Spectre.Console;

var error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
if (Console.IsErrorRedirected) error.Profile.Width = 200;
// Time enough, after Ctrl+C, to print what is done.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await EvaluationCommand.InvokeAsync(args, Console.Out, error, invocation);
