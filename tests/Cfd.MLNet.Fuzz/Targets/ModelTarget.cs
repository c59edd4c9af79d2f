using Cfd.MLNet.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Fuzz.Targets;

/// <summary>
/// Files of saved models: a preparation of ML.NET and one of our transformers. Behind a forged seal it is ML.NET that reads the zip, whatever it makes of it.
/// </summary>
internal sealed class ModelTarget : Target
{
    private readonly MLContext _context = new(seed: 1);
    private readonly float[][] _meanings;
    private readonly IDataView _rows;

    public ModelTarget()
    {
        Seeds = Corpus.Read(Name);
        _rows = Corpus.Rows(_context, 5, 0);
        _meanings = [.. Seeds.Select(seed => Scores(ModelFile.Load(_context, seed, Name, out _)) ?? throw new InvalidDataException("A model of the corpus gives no scores."))];
    }

    public override string Name => "model";

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override Verdict Read(int seed, byte[] input)
    {
        ITransformer model;
        try
        {
            model = ModelFile.Load(_context, input, Name, out _);
        }
        catch (InvalidDataException)
        {
            return Verdict.Refused;
        }

        return Scores(model) is { } scores && scores.AsSpan().SequenceEqual(_meanings[seed]) ? Verdict.Same : Verdict.Different;
    }

    public override byte[] Content(int seed) => ModelFile.Open(Seeds[seed], Name);

    public override byte[]? Forge(byte[] content) => ModelFile.Seal(content);

    /// <summary>Null where it is a model for rows of another kind.</summary>
    private float[]? Scores(ITransformer model)
    {
        try
        {
            return [.. model.Transform(_rows).GetColumn<float>("Score")];
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
