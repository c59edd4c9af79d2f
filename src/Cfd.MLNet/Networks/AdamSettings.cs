namespace Cfd.MLNet.Networks;

/// <summary>The four numbers of Adam (Kingma and Ba 2015).</summary>
internal readonly record struct AdamSettings(double LearningRate, double Beta1, double Beta2, double Epsilon)
{
    /// <summary>Beta1 and Beta2 to the power of a number of steps, multiplied up one by one as the training loop does.</summary>
    public (double Beta1Power, double Beta2Power) PowersAfter(int steps)
    {
        double beta1Power = 1, beta2Power = 1;
        for (; steps > 0; steps--)
        {
            beta1Power *= Beta1;
            beta2Power *= Beta2;
        }

        return (beta1Power, beta2Power);
    }
}
