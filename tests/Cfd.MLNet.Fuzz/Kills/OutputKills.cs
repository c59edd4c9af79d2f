using System.Globalization;
using Cfd.MLNet.Common;

namespace Cfd.MLNet.Fuzz.Kills;

/// <summary>Kills a process that writes one output of up to 1 MB again and again: the output is whole, and never gone once it was there.</summary>
internal sealed class OutputKills : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cfd-kills-").FullName;
    private int _kills, _drafts, _halves, _lost;
    private bool _wasThere;

    public bool IsWhole => _halves + _lost == 0 && (_wasThere || _kills == 0);

    public string Row => string.Create(CultureInfo.InvariantCulture, $"| outputs | {_kills} | {_drafts} | {_halves} | {_lost} |");

    public void Kill(ref SeededRandom random)
    {
        Victim.KillAfter("write", _folder, random.NextInt32(40));
        _kills++;
        string output = Path.Combine(_folder, "output");
        bool isThere = File.Exists(output);
        if (isThere && !IsOfOneLetter(File.ReadAllText(output))) _halves++;
        if (_wasThere && !isThere) _lost++;
        _wasThere = isThere;
        foreach (string draft in Directory.GetFiles(_folder, ".cfd-*"))
        {
            _drafts++;
            File.Delete(draft);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool IsOfOneLetter(string text)
    {
        string[] words = text.TrimEnd('\n').Split(' ');
        return text.EndsWith('\n') && words.Length == 2 && int.Parse(words[0], CultureInfo.InvariantCulture) == words[1].Length && words[1].Distinct().Count() == 1;
    }
}
