using System.CommandLine;
using System.Runtime.InteropServices;
using PaperEvaluation;
using Spectre.Console;

var error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
if (Console.IsErrorRedirected) error.Profile.Width = 200;
// The first Ctrl+C, or SIGTERM, prints the tables of what is done. The second ends the process at once.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await EvaluationCommand.InvokeAsync(args, Console.Out, error, new InvocationConfiguration { ProcessTerminationTimeout = null }, stop.Token);
