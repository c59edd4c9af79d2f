using System.Runtime.ExceptionServices;

namespace Cfd.MLNet.Common;

/// <summary>Parallel work whose items are taken up one by one in their order, unlike Parallel.For's ranges.</summary>
internal static class InOrder
{
    /// <exception cref="OperationCanceledException">Cancelled between two items, or by an item.</exception>
    public static void Run(int count, int degreeOfParallelism, Action<int> body, CancellationToken cancellationToken)
    {
        int next = -1;
        bool failed = false;
        try
        {
            int workers = Math.Min(degreeOfParallelism, count);
            if (workers <= 1) Work();
            else Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => Work());
        }
        catch (AggregateException failures)
        {
            var first = failures.InnerExceptions.FirstOrDefault(failure => failure is not OperationCanceledException)
                ?? failures.InnerExceptions[0];
            ExceptionDispatchInfo.Throw(first);
        }

        void Work()
        {
            try
            {
                for (int index; !Volatile.Read(ref failed) && (index = Interlocked.Increment(ref next)) < count;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    body(index);
                }
            }
            catch
            {
                Volatile.Write(ref failed, true);
                throw;
            }
        }
    }
}
