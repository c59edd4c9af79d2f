using System.CommandLine;
using Cfd.MLNet.Tool.Commands;

// Time enough, after Ctrl+C, to print what is done.
return await new CfdCommandLine().InvokeAsync(args, new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
