namespace Cfd.MLNet.Networks;

/// <summary>
/// What is decided before training, made once and shared by all candidates: initial parameters, uniform in +-1 / sqrt(fan in) as PyTorch's
/// Linear, for mini-batches each epoch's order of rows, and where early stopping is not to choose them the number of epochs. Thread-safe.
/// </summary>
internal sealed class TrainingPlan
{
    private const double Disturbance = 1e-6;
    private readonly int[]?[] _orders;
    private readonly int _rows;
    private readonly long _seed;

    public TrainingPlan(NetworkShape shape, float[] initialParameters, int rows, int maxEpochs, long seed)
    {
        Shape = shape;
        InitialParameters = initialParameters;
        _orders = new int[maxEpochs][];
        _rows = rows;
        _seed = seed;
    }

    public NetworkShape Shape { get; }

    public float[] InitialParameters { get; }

    /// <summary>Exactly so many epochs, without early stopping; null for as many as the options and early stopping say.</summary>
    public int? Epochs { get; private init; }

    public static TrainingPlan Create(NetworkShape shape, int rows, int maxEpochs, long seed)
    {
        var random = SeededRandom.ForStream(seed, RandomStream.InitialWeights);
        var parameters = new float[shape.ParameterCount];
        int next = 0;
        for (int layer = 0; layer <= shape.Hidden.Length; layer++)
        {
            int width = layer < shape.Hidden.Length ? shape.Hidden[layer] : 1;
            double bound = 1 / Math.Sqrt(shape.InputsOf(layer));
            for (int count = width * (shape.InputsOf(layer) + 1); count > 0; count--)
                parameters[next++] = (float)(((2 * random.NextDouble()) - 1) * bound);
        }

        return new TrainingPlan(shape, parameters, rows, maxEpochs, seed);
    }

    /// <summary>
    /// The same plan with each initial parameter larger or smaller by one part in a million, as the seed says; the order of rows stays.
    /// </summary>
    public TrainingPlan Disturbed(long seed)
    {
        var random = SeededRandom.ForStream(seed, RandomStream.DisturbedWeights);
        float[] parameters = Array.ConvertAll(
            InitialParameters, parameter => (float)(parameter * (1 + (random.NextInt32(2) == 0 ? Disturbance : -Disturbance))));
        return new TrainingPlan(Shape, parameters, _rows, _orders.Length, _seed) { Epochs = Epochs };
    }

    /// <summary>The same plan for exactly so many epochs, without early stopping.</summary>
    public TrainingPlan WithEpochs(int epochs) => new(Shape, InitialParameters, _rows, _orders.Length, _seed) { Epochs = epochs };

    /// <summary>The order of rows in an epoch; a pure function of seed and epoch, whoever asks first.</summary>
    public int[] RowOrder(int epoch)
    {
        if (_orders[epoch] is { } known) return known;
        var order = new int[_rows];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        SeededRandom.ForStream(_seed, RandomStream.RowOrder, epoch).Shuffle(order);
        return Interlocked.CompareExchange(ref _orders[epoch], order, null) ?? order;
    }
}
