namespace Cfd.MLNet.Benchmarks;

/// <summary>
/// How a cluster would scale, by simulation: <c>-- simulate 50 1000000</c>, that is milliseconds a retrain and retrains. Fed by the costs that <c>-- cluster</c>
/// measured on one machine; networks, other tenants and slower disks are not in it.
/// </summary>
internal static class SimulateCommand
{
    /// <summary>Seconds a retrain beside its training: in the audit's process, on the worker, in the database; and those of a message.</summary>
    private const double Client = 0.00004, Worker = 0.0006, Database = 0.00005, Message = 0.001;

    /// <summary>Seconds a batch, networks of f, and connections that the database serves at once.</summary>
    private const double Batch = 0.5;

    private const int Networks = 16, Connections = 4;

    private static readonly int[] Cores = [1, 4, 16, 64, 256, 1000];

    /// <summary>How retrains are asked for: flip sets in flight, and whether all of them are awaited before the next are chosen.</summary>
    private static readonly (string Name, int InFlight, bool IsRound)[] Searches =
        [("rounds of 4", 4, true), ("window 8", 8, false), ("window 64", 64, false), ("window 256", 256, false), ("in bulk, as evidence", int.MaxValue, false)];

    public static int Run(string[] arguments)
    {
        if (arguments is not [var milliseconds, var retrains])
        {
            Console.Error.WriteLine("Usage: -- simulate MILLISECONDS RETRAINS, e.g. 50 1000000.");
            return 1;
        }

        double training = double.Parse(milliseconds) / 1000;
        int count = int.Parse(retrains);
        Console.WriteLine($"Times as fast as one core without any of this; {count} retrains of {milliseconds} ms, {Networks} to a flip set.");
        Console.WriteLine($"| asked | {string.Join(" | ", Cores.Select(cores => $"{cores} cores"))} |");
        Console.WriteLine($"| --- |{string.Concat(Cores.Select(_ => " --: |"))}");
        foreach (var search in Searches)
            Console.WriteLine($"| {search.Name} | {string.Join(" | ", Cores.Select(cores => $"{count * training / Seconds(search.InFlight, search.IsRound, cores, training, count):F1}"))} |");
        return 0;
    }

    /// <summary>The time that all retrains take.</summary>
    private static double Seconds(int inFlight, bool isRound, int cores, double training, int count)
    {
        long limit = Math.Min(count, inFlight == int.MaxValue ? long.MaxValue : (long)inFlight * Networks);
        int atMost = Math.Max(1, (int)(Batch / training));
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, cores).Select(core => (core, 0.0)));
        var answers = new PriorityQueue<int, double>();
        var connections = new double[Connections];
        double client = 0, now = 0;
        long asked = 0, answered = 0, allowed = limit;
        while (answered < count)
        {
            // A free core takes its share of what may be asked, else the next answer is awaited.
            long waiting = Math.Min(allowed, count) - asked;
            if (waiting > 0 && free.TryPeek(out _, out double at) && (!answers.TryPeek(out _, out double next) || Math.Max(at, now) <= next))
            {
                free.Dequeue();
                int size = (int)Math.Clamp(waiting / cores, 1, atMost);
                double trained = Math.Max(at, now) + Message + (size * (training + Worker));
                int connection = Array.IndexOf(connections, connections.Min());
                connections[connection] = Math.Max(connections[connection], trained) + (size * Database);
                double done = connections[connection] + Message;
                answers.Enqueue(size, done);
                free.Enqueue(0, done);
                asked += size;
                continue;
            }

            answers.TryDequeue(out int taken, out double arrived);
            client = Math.Max(client, arrived) + (taken * Client);
            now = client;
            answered += taken;
            if (!isRound) allowed = answered + limit;
            else if (answered == allowed) allowed += limit;
        }

        return client;
    }
}
