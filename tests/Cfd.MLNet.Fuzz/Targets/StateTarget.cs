using System.Text;
using Cfd.MLNet.Models;
using Cfd.MLNet.Transforms;

namespace Cfd.MLNet.Fuzz.Targets;

/// <summary>States within saved models: of a network, and of a search with its training table.</summary>
internal sealed class StateTarget : Target
{
    public StateTarget() => Seeds = Corpus.Read(Name);

    public override string Name => "state";

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override Verdict Read(int seed, byte[] input)
    {
        try
        {
            string text = Encoding.UTF8.GetString(input);
            var state = SavedState.Parse(text);
            GC.KeepAlive(state);
            return SealedBytes.Open(text).AsSpan().SequenceEqual(Content(seed)) ? Verdict.Same : Verdict.Different;
        }
        catch (InvalidDataException)
        {
            return Verdict.Refused;
        }
    }

    public override byte[] Content(int seed) => SealedBytes.Open(Encoding.UTF8.GetString(Seeds[seed]));

    public override byte[]? Forge(byte[] content) => Encoding.ASCII.GetBytes(SealedBytes.Seal(content));
}
