using System.Runtime.CompilerServices;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Search.Retrains;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>Retrains by an executor, however it answers.</summary>
[TestClass]
public sealed class ExecutorRunnerTests
{
    private static readonly WorkPackage Package = Packages.Small();

    private static readonly RetrainKey[] Keys = [.. Enumerable.Range(0, 12).Select(row => new RetrainKey(new FlipSet([row]), new Replicate(row % 2 == 0 ? null : 5L)))];

    [TestMethod]
    public void RunAsync_AnyOrderAndTwice_IsReceivedOnceAndRight()
    {
        var runner = new ExecutorRunner(new Rearranged(answers => [.. answers.Reverse(), .. answers]), Package);
        var received = new float[Keys.Length][];
        int calls = 0;
        runner.RunAsync(
            Keys,
            (index, retrain) =>
            {
                received[index] = retrain.Answer!.Logits;
                calls++;
            },
            CancellationToken.None).Wait();
        Assert.AreEqual(Keys.Length, calls);
        using var retrainer = Package.Learner(new()).CreateRetrainer();
        for (int i = 0; i < Keys.Length; i++)
            CollectionAssert.AreEqual(retrainer.RetrainTogether([Keys[i]], CancellationToken.None)[0].Answer!.Logits, received[i]);
        Assert.IsGreaterThan(TimeSpan.Zero, runner.BusyTime);
    }

    [TestMethod]
    public void Width_OfTheExecutor_IsWhatTheEngineAsksFor()
    {
        using var pool = new RetrainPool(Package.Learner(new()), new ExecutorRunner(new Rearranged(answers => answers) { Width = 48 }, Package), 0);
        Assert.AreEqual(48, pool.CandidatesAtOnce);
    }

    [TestMethod]
    public void GetAll_ExecutorThatFails_FailsWithItsReasonAndLeavesNothingInFlight()
    {
        int calls = 0;
        using var pool = new RetrainPool(Package.Learner(new()), new ExecutorRunner(new Rearranged(answers => calls++ == 0 ? throw new IOException("no worker answers") : answers), Package), 1 << 20);
        FlipSet[] sets = [new([1]), new([2])];
        Assert.AreEqual("no worker answers", Assert.ThrowsExactly<IOException>(() => pool.GetAll(sets, (_, _) => { }, CancellationToken.None)).Message);
        int received = 0;
        pool.GetAll(sets, (_, _) => received++, CancellationToken.None);
        Assert.AreEqual(2, received, "the next may try");
    }

    [TestMethod]
    public void RunAsync_AnswersThatDoNotFit_AreRefused()
    {
        Refused("without an answer to 1 of 12 retrains", answers => [.. answers.Skip(1)]);
        Refused("answers request 12 of 12", answers => [answers[0] with { Index = 12 }]);
        Refused("gives 3 logits for 10 rows", answers => [answers[0] with { Logits = new float[3] }]);
        Refused("neither logits nor a failure", answers => [answers[0] with { Logits = null }]);

        static void Refused(string words, Func<RetrainAnswer[], RetrainAnswer[]> arrange)
        {
            var failure = Assert.ThrowsExactly<AggregateException>(() => new ExecutorRunner(new Rearranged(arrange), Package).RunAsync(Keys, (_, _) => { }, CancellationToken.None).Wait());
            Assert.Contains(words, failure.InnerException!.Message);
        }
    }

    [TestMethod]
    public void RunAsync_Diverged_IsAnAnswer()
    {
        var runner = new ExecutorRunner(new Rearranged(answers => [answers[0] with { Logits = null, Failure = "diverged" }]), Package);
        Retrain retrain = default;
        runner.RunAsync([Keys[0]], (_, received) => retrain = received, CancellationToken.None).Wait();
        Assert.AreEqual((null, "diverged"), (retrain.Answer, retrain.Failure));
    }

    /// <summary>Right answers, arranged as the test says.</summary>
    private sealed class Rearranged(Func<RetrainAnswer[], RetrainAnswer[]> arrange) : IRetrainExecutor
    {
        public int Width { get; init; } = 2;

        public async IAsyncEnumerable<RetrainAnswer> ExecuteAsync(
            WorkPackage package, IReadOnlyList<RetrainRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var answers = new List<RetrainAnswer>();
            await foreach (var answer in new LocalRetrainExecutor(2).ExecuteAsync(package, requests, cancellationToken)) answers.Add(answer);
            foreach (var answer in arrange([.. answers.OrderBy(answer => answer.Index)])) yield return answer;
        }
    }
}
