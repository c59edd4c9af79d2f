using Cfd.MLNet.Data;

namespace Cfd.MLNet.Networks.Trajectory;

/// <summary>
/// Derivatives of one training run of f by the training labels, computed here or elsewhere. A target's result does not depend on those beside it,
/// nor on where and by how many workers it is computed. Thread-safe.
/// </summary>
internal interface ILabelDerivatives
{
    /// <summary>[j][i] = the derivative of targets[j] by label i; targets in descending order of their steps.</summary>
    /// <param name="testRows">The rows that targets name.</param>
    /// <param name="targets">What is differentiated.</param>
    /// <param name="parallelism">Workers, where they are this process's.</param>
    /// <param name="cancellationToken">Checked every step.</param>
    /// <exception cref="ArgumentException">The memory allowed is too small.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    double[][] Compute(FeatureMatrix testRows, IReadOnlyList<WalkTarget> targets, int parallelism, CancellationToken cancellationToken);
}
