using Cfd.MLNet.Tool.Reading;
using Cfd.MLNet.Tool.Understanding;

var t = System.Diagnostics.Stopwatch.StartNew();
try
{
    var table = UnderstoodTable.Read(new FileSettings { Files = [args[0]] });
    foreach (var fact in table.Source.Tables[0].Form.Facts) Console.WriteLine($"{fact.Name}: {fact.Value} ({fact.Reason})");
    Console.WriteLine($"decimal {table.DecimalMark}");
    foreach (var c in table.Columns) Console.WriteLine($"  {c.Name} | {c.ReadAs} | {c.Distinct} | {c.Missing} | {c.Example} | {c.Reason} | {c.Remark}");
    foreach (var r in table.Remarks) Console.WriteLine("  ! " + r);
}
catch (Exception e) when (e is InvalidDataException or ArgumentException) { Console.WriteLine("ERR " + e.Message); }
Console.WriteLine($"{t.ElapsedMilliseconds} ms, peak {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB, gc {GC.GetTotalMemory(false) >> 20}");
