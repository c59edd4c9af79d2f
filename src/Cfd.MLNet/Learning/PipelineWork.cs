using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cfd.MLNet.Data;

namespace Cfd.MLNet.Learning;

/// <summary>Refits of a pipeline that the worker builds by a recipe: the views, which labels they hold, and what f came to.</summary>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Settings">What the recipe is given beside context and seed.</param>
/// <param name="Trainer">The pipeline's last stage with its version, as the audit built it.</param>
/// <param name="Seed">Seed of the contexts.</param>
/// <param name="IsLastStageAlone">Whether the last stage alone is fitted, on views that the preparation has gone through already.</param>
/// <param name="Label">Name of the label column.</param>
/// <param name="Values">Its two values.</param>
/// <param name="TrainingRows">Rows whose labels may flip.</param>
/// <param name="AskedRows">Rows whose scores each answer holds.</param>
/// <param name="Train">The training view, as <see cref="ViewFile"/> writes it.</param>
/// <param name="Test">The test view likewise.</param>
/// <param name="BaseScores">SHA-256 of the asked rows' scores without flips under the learner's own seed.</param>
internal sealed record PipelineWork(
    string Recipe, string Settings, string Trainer, int Seed, bool IsLastStageAlone, string Label, LabelValues Values, int TrainingRows, int AskedRows, byte[] Train, byte[] Test, string BaseScores)
    : IPackagedWork
{
    /// <summary>The hash of scores, bit for bit.</summary>
    public static string HashOf(float[] scores) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(scores.AsSpan())));

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static PipelineWork Read(string recipe, BoundedReader reader) => new(
        recipe, reader.ReadString(), reader.ReadString(), reader.ReadInt32(), reader.ReadBoolean(), reader.ReadString(),
        new LabelValues(reader.ReadDouble(), reader.ReadDouble(), reader.ReadString(), reader.ReadString()),
        reader.ReadInt32(), reader.ReadInt32(), reader.ReadArray<byte>(), reader.ReadArray<byte>(), reader.ReadString());

    public void Write(BinaryWriter writer)
    {
        writer.Write(Settings);
        writer.Write(Trainer);
        writer.Write(Seed);
        writer.Write(IsLastStageAlone);
        writer.Write(Label);
        writer.Write(Values.Negative);
        writer.Write(Values.Positive);
        writer.Write(Values.NegativeText);
        writer.Write(Values.PositiveText);
        writer.Write(TrainingRows);
        writer.Write(AskedRows);
        writer.Write(Train.Length);
        writer.Write(Train);
        writer.Write(Test.Length);
        writer.Write(Test);
        writer.Write(BaseScores);
    }

    public ILearner CreateLearner(LearnerRecipes recipes)
    {
        var build = recipes.Find(Recipe);
        var learner = new EstimatorLearner((context, seed) => build(context, seed, Settings), Seed);
        string trainer = Pipelines.NameOf(learner.Build());
        if (trainer != Trainer)
            throw new InvalidDataException($"The recipe '{Recipe}' builds {trainer} here, but the audit's own function {Trainer}. Let both build the same pipeline, with the same versions of ML.NET.");
        Refits refits;
        float[] scores;
        try
        {
            var train = ViewFile.Read(Train);
            refits = new Refits(learner, IsLastStageAlone, new TrainingView(train, RowIds.Read(train), Label, Values, train.CanShuffle), ViewFile.Read(Test));
            scores = refits.Scores([]);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new InvalidDataException($"The recipe '{Recipe}' cannot be fitted here: {failure.Message}", failure);
        }

        if (scores.Length != AskedRows || HashOf(scores) != BaseScores)
            throw new InvalidDataException(
                $"The recipe '{Recipe}' gives other scores here than the audit's own function, though no label is flipped. Let both build the same pipeline from the same settings, on machines of one kind, with " +
                "trainers that give the same bits on any number of threads.");
        return refits;
    }
}
