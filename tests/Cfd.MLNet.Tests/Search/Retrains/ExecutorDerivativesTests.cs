using System.Runtime.CompilerServices;
using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Trajectory;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>Derivatives by an executor, however it answers.</summary>
[TestClass]
public sealed class ExecutorDerivativesTests
{
    private static readonly WorkPackage Package = Packages.Small();

    [TestMethod]
    public void Compute_ManyTargetsOnFewSlots_AreThoseOfThisProcess()
    {
        var learner = (ReluNetworkLearner)Package.Learner(new());
        var problem = learner.ProblemOf(Replicate.Base, null);
        using var trainer = ((ITrainingEngine)ManagedTrainingEngine.Default).CreateTrainer(problem);
        var trained = trainer.Train(problem.Plan, [], CancellationToken.None);
        int steps = (trained.BestEpoch + 1) * problem.StepsPerEpoch;
        WalkTarget[] targets = [.. Enumerable.Range(0, 40).Select(row => new WalkTarget(steps, 59 - row)), WalkTarget.ValidationLoss(1)];
        double[][] here = new TrajectoryDerivatives(problem, trained.Network, 0.01, 1 << 26, ManagedTrainingEngine.Default).Compute(problem.TrainingFeatures, targets, 2, CancellationToken.None);
        var executor = new Rearranged(answers => answers.Reverse()) { Width = 4 };
        double[][] there = Elsewhere(executor, trained).Compute(problem.TrainingFeatures, targets, 2, CancellationToken.None);
        for (int target = 0; target < targets.Length; target++) CollectionAssert.AreEqual(here[target], there[target]);
        Assert.AreEqual(4, executor.Requests, "as many as slots");
    }

    [TestMethod]
    public void Compute_AnswersThatDoNotFit_AreRefused()
    {
        var trained = Trained();
        string Misfit(Func<DerivativeAnswer, DerivativeAnswer> spoil) => Assert.ThrowsExactly<InvalidDataException>(
            () => Elsewhere(new Rearranged(answers => answers.Select(spoil)), trained).Compute(FeatureMatrix.Allocate(3, 5), [new WalkTarget(1, 0)], 1, CancellationToken.None)).Message;
        Assert.Contains("answers request 9 of 1", Misfit(answer => new DerivativeAnswer { Index = 9, ByLabel = answer.ByLabel }));
        Assert.Contains("gives 0 derivatives for 1 targets", Misfit(answer => new DerivativeAnswer { Index = 0, ByLabel = [] }));
        Assert.Contains("other than 60 numbers", Misfit(answer => new DerivativeAnswer { Index = 0, ByLabel = [new double[59]] }));
        Assert.Contains("ended without an answer to 1 of 1", Assert.ThrowsExactly<InvalidOperationException>(
            () => Elsewhere(new Rearranged(_ => []), trained).Compute(FeatureMatrix.Allocate(3, 5), [new WalkTarget(1, 0)], 1, CancellationToken.None)).Message);
    }

    private static TrainedNetwork Trained()
    {
        var problem = ((ReluNetworkLearner)Package.Learner(new())).ProblemOf(Replicate.Base, null);
        return new TrainedNetwork(new ReluNetwork(problem.Shape, problem.Plan.InitialParameters), 0, 1, 0);
    }

    private static ExecutorDerivatives Elsewhere(IRetrainExecutor executor, TrainedNetwork trained) => new(executor, Package, Replicate.Base, trained, 0.01, 1 << 26);

    /// <summary>Answers otherwise than it should, or in another order.</summary>
    private sealed class Rearranged(Func<IEnumerable<DerivativeAnswer>, IEnumerable<DerivativeAnswer>> arrange) : IRetrainExecutor
    {
        public int Requests { get; private set; }

        public int Width { get; init; } = 1;

        public IAsyncEnumerable<RetrainAnswer> ExecuteAsync(WorkPackage package, IReadOnlyList<RetrainRequest> requests, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async IAsyncEnumerable<DerivativeAnswer> DifferentiateAsync(
            WorkPackage package, IReadOnlyList<DerivativeRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Requests = requests.Count;
            var answers = new List<DerivativeAnswer>();
            await foreach (var answer in new LocalRetrainExecutor(2).DifferentiateAsync(package, requests, cancellationToken)) answers.Add(answer);
            foreach (var answer in arrange(answers)) yield return answer;
        }
    }
}
