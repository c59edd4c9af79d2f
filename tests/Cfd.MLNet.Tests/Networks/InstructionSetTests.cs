using System.Diagnostics;
using System.Runtime.InteropServices;
using Cfd.MLNet.Networks;

namespace Cfd.MLNet.Tests.Networks;

/// <summary>The same bits where the runtime is told that the machine has less: child processes without AVX-512, AVX2 and FMA.</summary>
[TestClass]
public sealed class InstructionSetTests
{
    private const string FileVariable = "CFD_FINGERPRINT_FILE";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow("DOTNET_EnableAVX512")]
    [DataRow("DOTNET_EnableAVX2")]
    [DataRow("DOTNET_EnableAVX")]
    public void Train_InstructionSetDisabled_GivesTheSameBits(string variable)
    {
        string file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            {
                start.ArgumentList.Add("exec");
                start.ArgumentList.Add(typeof(InstructionSetTests).Assembly.Location);
            }

            start.ArgumentList.Add("--filter");
            start.ArgumentList.Add($"FullyQualifiedName~{nameof(Fingerprint_OfSomeTrainings_IsWrittenWhereAsked)}");
            start.Environment[variable] = "0";
            start.Environment[FileVariable] = file;
            using var child = Process.Start(start)!;
            string output = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            Assert.AreEqual(0, child.ExitCode, output);
            string[] lines = File.ReadAllLines(file);
            TestContext.WriteLine($"{variable}=0: {lines[0]} bits; here {ManagedTrainingEngine.Default.Width}");
            Assert.AreEqual(Fingerprint(), lines[1]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void Fingerprint_OfSomeTrainings_IsWrittenWhereAsked()
    {
        string fingerprint = Fingerprint();
        Assert.AreEqual(fingerprint, Fingerprint());
        if (Environment.GetEnvironmentVariable(FileVariable) is { } file)
            File.WriteAllLines(file, [ManagedTrainingEngine.Default.Width.ToString(), fingerprint]);
    }

    /// <summary>Every bit of the parameters of some trainings on this process's default engine.</summary>
    private static string Fingerprint()
    {
        var bits = new List<byte>();
        foreach (var (hidden, batch) in new (int[] Hidden, int? Batch)[] { ([32, 32], null), ([5, 17], 7), ([40], 32), ([3, 4, 33], null) })
        {
            var context = new Microsoft.ML.MLContext(seed: 1);
            var model = context.CounterfactualDatasets()
                .ReluNetwork(new() { HiddenLayers = hidden, BatchSize = batch, MaxEpochs = 12 }).Fit(Applicant.Prepared(context, 90));
            bits.AddRange(MemoryMarshal.AsBytes(model.Model.Ensemble.Members[0].Network.Parameters));
        }

        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([.. bits]));
    }
}
