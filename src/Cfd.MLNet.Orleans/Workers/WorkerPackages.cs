using Cfd.MLNet.Orleans.Storage;

namespace Cfd.MLNet.Orleans.Workers;

/// <summary>Packages in memory: fetched once a silo, kept up to a bound in bytes. Thread-safe.</summary>
internal sealed class WorkerPackages(ClusterDatabase database, long maxBytes)
{
    private readonly Dictionary<string, Task<WorkPackage>> _packages = [];
    private readonly List<string> _byAge = [];
    private readonly Lock _lock = new();

    /// <summary>Told of packages that are not kept any more.</summary>
    public event Action<WorkPackage>? Dropped;

    /// <exception cref="InvalidDataException">It is not there, damaged, or of another version.</exception>
    public async Task<WorkPackage> GetAsync(string hash)
    {
        Task<WorkPackage>? package;
        lock (_lock)
        {
            if (!_packages.TryGetValue(hash, out package) || package.IsFaulted || package.IsCanceled) _packages[hash] = package = Task.Run(() => database.PackageAsync(hash, CancellationToken.None));
            _byAge.Remove(hash);
            _byAge.Add(hash);
        }

        var fetched = await package.ConfigureAwait(false);
        Trim();
        return fetched;
    }

    private void Trim()
    {
        var dropped = new List<WorkPackage>();
        lock (_lock)
        {
            while (_byAge.Count > 1 && _packages.Values.Where(each => each.IsCompletedSuccessfully).Sum(each => (long)each.Result.Bytes.Length) > maxBytes)
            {
                if (_packages.Remove(_byAge[0], out var oldest) && oldest.IsCompletedSuccessfully) dropped.Add(oldest.Result);
                _byAge.RemoveAt(0);
            }
        }

        foreach (var package in dropped) Dropped?.Invoke(package);
    }
}
