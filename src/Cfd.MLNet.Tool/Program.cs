using System.CommandLine;
using System.Runtime.InteropServices;
using Cfd.MLNet.Tool.Commands;

// The first Ctrl+C, or SIGTERM, stops the work: what is done is printed and written. The second ends the process at once.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await new CfdCommandLine().InvokeAsync(args, new InvocationConfiguration { ProcessTerminationTimeout = null }, stop.Token);
