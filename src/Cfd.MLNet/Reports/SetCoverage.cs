namespace Cfd.MLNet;

/// <summary>How many of the flip sets of one size that psi admits were tried. Immutable.</summary>
/// <param name="Size">Labels a set, at least 1.</param>
/// <param name="Tried">Sets whose retrained model was asked; one that diverged gave no answer and does not count.</param>
/// <param name="Admissible">Sets that there are: (admitted rows choose size), summed over the rows where several are meant.</param>
public sealed record SetCoverage(int Size, long Tried, double Admissible)
{
    /// <summary>Whether these were all, so that "none of this size" is proven.</summary>
    public bool IsComplete => Tried >= Admissible;

    /// <summary>(rows choose size), as a float64.</summary>
    internal static double Subsets(int rows, int size)
    {
        double count = 1;
        for (int i = 1; i <= size; i++) count = count * (rows - size + i) / i;
        return Math.Round(count);
    }
}
