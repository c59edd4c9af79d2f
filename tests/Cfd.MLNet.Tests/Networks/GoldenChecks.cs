using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>What an engine has to agree with PyTorch on.</summary>
internal static class GoldenChecks
{
    /// <summary>Losses before and after every step: trains so many steps, then asks for logits.</summary>
    public static void Losses(ITrainingEngine engine, GoldenCase golden, double absolute, double relative)
    {
        var inference = engine as ManagedTrainingEngine ?? ManagedTrainingEngine.Default;
        int steps = golden.TrainLoss.Length;
        double[] training = new double[steps], validation = new double[steps];
        var initial = new NetworkShape(golden.Train.Features.Columns, golden.Hidden);
        training[0] = MeanLoss(inference, new ReluNetwork(initial, golden.InitialWeights), golden.Train);
        for (int step = 1; step <= steps; step++)
        {
            var network = engine.Train(golden.Problem(epochs: step)).Network;
            if (step < steps) training[step] = MeanLoss(inference, network, golden.Train);
            validation[step - 1] = MeanLoss(inference, network, golden.Validation);
        }

        Numbers.AreNear(golden.TrainLoss, training, "training losses", absolute, relative);
        Numbers.AreNear(golden.ValidationLoss, validation, "validation losses", absolute, relative);
    }

    /// <summary>The oracle keeps its losses itself.</summary>
    public static void Losses(ScalarTrainingEngine engine, GoldenCase golden, double absolute, double relative)
    {
        var problem = golden.Problem(golden.TrainLoss.Length, stopsEarly: true);
        var neverStops = problem with { Options = problem.Options with { Patience = problem.Options.MaxEpochs } };
        using var trainer = (ScalarTrainer)engine.CreateTrainer(neverStops);
        trainer.Train([], CancellationToken.None);
        Numbers.AreNear(golden.TrainLoss, [.. trainer.TrainingLosses], "training losses", absolute, relative);
        Numbers.AreNear(golden.ValidationLoss, [.. trainer.ValidationLosses], "validation losses", absolute, relative);
    }

    public static void FirstGradient(ITrainingEngine engine, GoldenCase golden, double absolute)
        => Numbers.AreNear(golden.FirstGradient, engine.FirstGradient(golden.Problem(epochs: 1)), "first gradient", absolute);

    public static void FinalWeights(ITrainingEngine engine, GoldenCase golden, double absolute)
    {
        var trained = engine.Train(golden.Problem(golden.TrainLoss.Length));
        Numbers.AreNear(golden.FinalWeights, Numbers.ToDoubles(trained.Network.Parameters), "final weights", absolute);
    }

    public static void EarlyStopping(ITrainingEngine engine, GoldenCase golden, double lossRelative, double logitAbsolute)
    {
        var expected = golden.EarlyStopping!;
        var trained = engine.Train(golden.Problem(golden.TrainLoss.Length, stopsEarly: true));
        Assert.AreEqual(expected.BestEpoch, trained.BestEpoch);
        Assert.AreEqual(expected.EpochsRun, trained.EpochsRun);
        Numbers.AreNear([golden.ValidationLoss[expected.BestEpoch]], [trained.ValidationLoss], "best validation loss", 0, lossRelative);
        var logits = new double[golden.Test.Rows];
        for (int row = 0; row < logits.Length; row++) logits[row] = trained.Network.Logit(golden.Test.Row(row));
        Numbers.AreNear(expected.TestLogits, logits, "test logits", logitAbsolute);
    }

    private static double MeanLoss(ManagedTrainingEngine engine, ReluNetwork network, GoldenRows rows)
    {
        var logits = new float[rows.Features.Rows];
        engine.Logits(network, rows.Features, logits);
        return logits.Zip(rows.Labels, (logit, label) => ScalarNetwork.Loss(logit, label)).Average();
    }
}
