using Cfd.MLNet.Data;
using Cfd.MLNet.Learning;
using Cfd.MLNet.Networks.Trajectory;

namespace Cfd.MLNet.Tests.Search.Retrains;

/// <summary>What a worker runs: retrains of several packages on the same slots.</summary>
[TestClass]
public sealed class LocalRetrainExecutorTests
{
    [TestMethod]
    public async Task ExecuteAsync_PackagesOfEqualShapes_AreNotMixedUp()
    {
        WorkPackage first = Packages.Small(seed: 1), second = Packages.Small(seed: 2);
        float[] ofFirst = await Logits(new LocalRetrainExecutor(1), first), ofSecond = await Logits(new LocalRetrainExecutor(1), second);
        CollectionAssert.AreNotEqual(ofFirst, ofSecond);
        var shared = new LocalRetrainExecutor(1);
        for (int round = 0; round < 3; round++)
        {
            CollectionAssert.AreEqual(ofFirst, await Logits(shared, first));
            CollectionAssert.AreEqual(ofSecond, await Logits(shared, second));
        }

        shared.Forget(first);
        CollectionAssert.AreEqual(ofFirst, await Logits(shared, first));
    }

    [TestMethod]
    public async Task ExecuteAsync_PackageThatWasSent_GivesTheSameBits()
    {
        var package = Packages.Small(options: new NetworkOptions { HiddenLayers = [8], MaxEpochs = 20, BatchSize = 16, Seed = long.MinValue, LearningRate = 0.1 });
        CollectionAssert.AreEqual(await Logits(new LocalRetrainExecutor(2), package), await Logits(new LocalRetrainExecutor(2), WorkPackage.Read(package.Bytes)));
    }

    [TestMethod]
    public async Task ExecuteAsync_Answers_TellEpochsAndLoss()
    {
        var package = Packages.Small();
        await foreach (var answer in new LocalRetrainExecutor(1).ExecuteAsync(package, [RetrainRequest.Parse("3,17")], CancellationToken.None))
        {
            Assert.HasCount(package.AskedRows, answer.Logits!);
            Assert.IsInRange(1, 30, answer.Epochs);
            Assert.IsInRange(0.01, 1, answer.ValidationLoss);
        }
    }

    [TestMethod]
    public async Task ExecuteAsync_RowThatThePackageDoesNotHave_IsRefused()
    {
        var failure = await Assert.ThrowsExactlyAsync<ArgumentException>(() => Logits(new LocalRetrainExecutor(1), Packages.Small(), "3,60"));
        Assert.Contains("3,60", failure.Message);
        Assert.Contains("60 training rows", failure.Message);
    }

    [TestMethod]
    public async Task ExecuteAsync_Cancelled_Ends()
    {
        using var source = new CancellationTokenSource();
        // So many that a slow reader, who still gets what was done before the cancellation, cannot be overtaken by all of them.
        var answers = new LocalRetrainExecutor(1).ExecuteAsync(
            Packages.Small(), [.. Enumerable.Range(0, 20_000).Select(index => RetrainRequest.Parse($"{index % 60}"))], source.Token);
        int received = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in answers)
            {
                if (++received == 3) await source.CancelAsync();
            }
        });
        Assert.IsInRange(3, 19_999, received);
    }

    [TestMethod]
    public async Task DifferentiateAsync_RequestThatWasSent_GivesTheSameBitsOnAnyNumberOfSlots()
    {
        var package = Packages.Small();
        var requests = Packages.Walks();
        double[][] here = await Derivatives(new LocalRetrainExecutor(1), package, requests);
        double[][] sent = await Derivatives(new LocalRetrainExecutor(3), WorkPackage.Read(package.Bytes), [.. requests.Select(request => DerivativeRequest.Read(request.ToBytes()))]);
        Assert.HasCount(8, here);
        for (int target = 0; target < here.Length; target++)
        {
            Assert.HasCount(60, here[target]);
            Assert.IsTrue(Array.Exists(here[target], derivative => derivative != 0));
            CollectionAssert.AreEqual(here[target], sent[target]);
        }

        CollectionAssert.AreNotEqual(here[0], here[4], "another seed, another training");
    }

    [TestMethod]
    public void Read_ValidationLossAloneOfManyColumns_IsWhatWasWrittenAndSpoiltBytesAreRefusedOrRead()
    {
        var request = new DerivativeRequest(Replicate.Base, null, new float[500], 0, 1, FeatureMatrix.Allocate(0, 5000), [WalkTarget.ValidationLoss(3)]);
        Assert.AreEqual(1, DerivativeRequest.Read(request.ToBytes()).Targets);
        CollectionAssert.AreEqual(request.ToBytes(), DerivativeRequest.Read(request.ToBytes()).ToBytes());
        byte[] bytes = request.ToBytes();
        foreach (int position in Enumerable.Range(0, bytes.Length))
        {
            byte[] spoilt = [.. bytes];
            spoilt[position] ^= 0xFF;
            try
            {
                _ = DerivativeRequest.Read(spoilt);
            }
            catch (InvalidDataException)
            {
                // Refused: as good.
            }
        }
    }

    [TestMethod]
    public async Task DifferentiateAsync_WhatDoesNotFit_IsRefused()
    {
        var request = Packages.Walks()[0];
        byte[] bytes = request.ToBytes();
        for (int length = 0; length < bytes.Length; length += 7) Assert.ThrowsExactly<InvalidDataException>(() => DerivativeRequest.Read(bytes.AsMemory(0, length)));
        DerivativeRequest Of(params WalkTarget[] targets) => new(Replicate.Base, null, [], 0, 1, FeatureMatrix.Allocate(1, 5), targets);
        foreach (var odd in new[] { Of(), Of(new WalkTarget(0, 0)), Of(new WalkTarget(3, 1)), Of(new WalkTarget(3, 0), new WalkTarget(5, 0)) })
            Assert.Contains("no targets", Assert.ThrowsExactly<InvalidDataException>(() => DerivativeRequest.Read(odd.ToBytes())).Message);
        var other = Packages.Small(options: new NetworkOptions { HiddenLayers = [4], MaxEpochs = 30 });
        Assert.Contains("parameters and 5 inputs", (await Assert.ThrowsExactlyAsync<ArgumentException>(() => Derivatives(new LocalRetrainExecutor(1), other, [request]))).Message);
    }

    [TestMethod]
    public async Task DifferentiateAsync_ExecutorThatOnlyRetrains_HasThisProcessDoIt()
    {
        var (package, requests) = (Packages.Small(), Packages.Walks());
        double[][] here = await Derivatives(new LocalRetrainExecutor(1), package, requests), byDefault = await Derivatives(new OnlyRetrains(), package, requests);
        for (int target = 0; target < here.Length; target++) CollectionAssert.AreEqual(here[target], byDefault[target]);
    }

    private sealed class OnlyRetrains : IRetrainExecutor
    {
        public int Width => 1;

        public IAsyncEnumerable<RetrainAnswer> ExecuteAsync(WorkPackage package, IReadOnlyList<RetrainRequest> requests, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private static async Task<double[][]> Derivatives(IRetrainExecutor executor, WorkPackage package, DerivativeRequest[] requests)
    {
        var derivatives = new IReadOnlyList<double[]>[requests.Length];
        await foreach (var answer in executor.DifferentiateAsync(package, requests, CancellationToken.None)) derivatives[answer.Index] = answer.ByLabel;
        return [.. derivatives.SelectMany(each => each)];
    }

    private static async Task<float[]> Logits(LocalRetrainExecutor executor, WorkPackage package, params string[] requests)
    {
        if (requests.Length == 0) requests = ["@", "3", "3,17@s-5", "@d9", "5@e", "7,8,9"];
        var logits = new float[requests.Length][];
        await foreach (var answer in executor.ExecuteAsync(package, [.. requests.Select(RetrainRequest.Parse)], CancellationToken.None)) logits[answer.Index] = answer.Logits!;
        return [.. logits.SelectMany(each => each)];
    }
}
