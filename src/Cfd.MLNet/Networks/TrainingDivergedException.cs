namespace Cfd.MLNet.Networks;

/// <summary>
/// The loss left the range of numbers. A failure of its flip set alone: whoever asks for it gets it again, other trainings go on.
/// </summary>
internal sealed class TrainingDivergedException(string message) : InvalidOperationException(message);
