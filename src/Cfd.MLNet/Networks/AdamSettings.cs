namespace Cfd.MLNet.Networks;

/// <summary>The four numbers of Adam (Kingma and Ba 2015).</summary>
internal readonly record struct AdamSettings(double LearningRate, double Beta1, double Beta2, double Epsilon);
