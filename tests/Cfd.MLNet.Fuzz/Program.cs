using System.CommandLine;
using Cfd.MLNet.Fuzz;
using Cfd.MLNet.Fuzz.Kills;
using Cfd.MLNet.Fuzz.Targets;

var root = new RootCommand("Breaks what Cfd.MLNet reads and writes, on purpose and repeatably.");
var seed = new Option<long>("--seed") { Description = "Same seed, same inputs.", DefaultValueFactory = _ => 1 };
var count = new Option<int>("--count") { Description = "Inputs a target, or kills." };
var seconds = new Option<double>("--seconds") { Description = "Time a target at most.", DefaultValueFactory = _ => double.PositiveInfinity };
var quality = new Option<string?>("--quality") { Description = "Markdown file whose section of this name is written anew." };

var names = new Argument<string[]>("targets") { Description = $"{string.Join(", ", TargetCatalog.Names)}; none for all.", Arity = ArgumentArity.ZeroOrMore };
names.AcceptOnlyFromAmong([.. TargetCatalog.Names]);
var run = new Command("run", "Feeds altered files to what reads them.") { names, seed, count, seconds, quality };
run.SetAction(line => FuzzRun.Run(
    line.GetValue(names) is { Length: > 0 } chosen ? chosen : [.. TargetCatalog.Names], line.GetValue(seed),
    line.GetValue(count) is var inputs and > 0 ? inputs : int.MaxValue, line.GetValue(seconds), line.GetValue(quality)));

var kills = new Command("kills", "Kills processes that write outputs and that audit, in turn, and looks at what they left.") { seed, count, quality };
kills.SetAction(line => KillRun.Run(line.GetValue(seed), line.GetValue(count) is var times and > 0 ? times : 20, line.GetValue(quality)));

var corpus = new Command("corpus", "Writes the corpus anew, into a folder.");
var folder = new Argument<string>("folder");
corpus.Add(folder);
corpus.SetAction(line => Corpus.Write(line.GetValue(folder)!));

var path = new Argument<string>("path");
var hold = new Command("hold", "Opens a journal, says 'held' or why not, and keeps it until its input ends.") { path };
hold.SetAction(line => Children.Hold(line.GetValue(path)!));
var write = new Command("write", "Writes outputs into a folder until it is killed.") { path };
write.SetAction(line => Children.Write(line.GetValue(path)!));
var audit = new Command("audit", "Audits again and again, with a journal, into a folder, until it is killed.") { path };
audit.SetAction(line => Children.Audit(line.GetValue(path)!));
var speed = new Command("speed", "Times a training, the best of five: compare with DOTNET_EnableAVX512=0 and DOTNET_EnableAVX2=0.");
speed.SetAction(_ => Speed.Run());
foreach (var command in (Command[])[run, kills, corpus, hold, write, audit, speed]) root.Add(command);
return root.Parse(args).Invoke();
