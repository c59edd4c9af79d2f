using System.CommandLine;
using System.CommandLine.Invocation;
using Audit;
using Audit.CommandLine;

var options = new AuditOptionSet();
var command = new RootCommand(HelpText.Description);
options.AddTo(command);
command.SetAction((line, cancellationToken) => Task.FromResult(AuditCommand.Run(options.Read(line), cancellationToken)));

var line = command.Parse(args);
if (line.Action is ParseErrorAction misuse) misuse.ShowHelp = false;
// Time enough, after Ctrl+C, to print what is done.
int exitCode = await line.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
return line.Errors.Count > 0 ? ExitCodes.Misuse : exitCode;
