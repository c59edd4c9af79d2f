namespace PaperEvaluation.Protocol;

/// <summary>
/// Single flips ordered greedily by a ranking over all test rows, with harvest: in rounds, each waiting test row in turn has its best
/// ranked flip trained that was not trained yet, and every retrained model is asked about every waiting row whose psi admits the flip.
/// All outcomes are known beforehand, so nothing is trained here.
/// </summary>
internal static class SharedRetrains
{
    /// <summary>Rows found when so many flips are trained.</summary>
    /// <param name="rankings">Per test row the flips that psi admits, best first.</param>
    /// <param name="decisive">Per test row those that turn its decision over.</param>
    /// <param name="limits">Numbers of retrains, ascending.</param>
    public static int[] FoundAt(
        IReadOnlyList<IReadOnlyList<long>> rankings, IReadOnlyList<IReadOnlySet<long>> decisive, IReadOnlyList<int> limits)
    {
        var found = new int[limits.Count];
        var trained = new HashSet<long>();
        var waiting = Enumerable.Range(0, rankings.Count).ToList();
        var next = new int[rankings.Count];
        int rowsFound = 0, reached = 0;
        while (waiting.Count > 0)
        {
            foreach (int row in waiting.ToArray())
            {
                if (!waiting.Contains(row)) continue;
                while (next[row] < rankings[row].Count && trained.Contains(rankings[row][next[row]])) next[row]++;
                if (next[row] == rankings[row].Count)
                {
                    waiting.Remove(row);
                    continue;
                }

                long flip = rankings[row][next[row]];
                trained.Add(flip);
                rowsFound += waiting.RemoveAll(other => decisive[other].Contains(flip));
                for (; reached < limits.Count && trained.Count == limits[reached]; reached++) found[reached] = rowsFound;
            }
        }

        // What was not reached was not needed.
        for (; reached < limits.Count; reached++) found[reached] = rowsFound;
        return found;
    }
}
