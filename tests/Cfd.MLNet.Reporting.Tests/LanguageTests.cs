using System.Text.RegularExpressions;
using Cfd.MLNet.Reporting.Language;
using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>The page's words in each language.</summary>
[TestClass]
public sealed partial class LanguageTests
{
    [TestMethod]
    public void Languages_OfThePage_HaveTheSameTextsAndHoles()
    {
        var english = Phrases.Of("en");
        foreach (string language in Phrases.Languages)
        {
            var other = Phrases.Of(language);
            CollectionAssert.AreEquivalent(english.Keys.ToArray(), other.Keys.ToArray());
            foreach (string key in english.Keys)
            {
                string Holes(Phrases phrases) => string.Join(' ', Hole().Matches(phrases[key]).Select(hole => hole.Value).Distinct().Order());
                Assert.AreEqual(Holes(english), Holes(other), $"{language} {key}");
            }
        }
    }

    [TestMethod]
    public void Of_UnknownLanguage_SaysWhichThereAre()
        => Assert.Contains("en, de", Assert.ThrowsExactly<ArgumentException>(() => Samples.MadeUp.ToHtmlFragment(new ReportText { Language = "xx" })).Message);

    [TestMethod]
    [DataRow("generated")]
    [DataRow("long names")]
    [DataRow("nothing")]
    [DataRow("trees")]
    public void Page_InGerman_HasNoEnglishSentenceOnItsFirstScreen(string name)
    {
        var (report, text) = SevenReports.Of(name);
        string page = ReportPage.Render(report, text with { Language = "de" });
        Assert.Contains("<html lang=\"de\">", page);
        string answer = page[page.IndexOf("<section id=\"answer\"", StringComparison.Ordinal)..page.IndexOf("<section id=\"people\"", StringComparison.Ordinal)];
        Assert.DoesNotContain("lang=\"en\"", answer);
        Assert.DoesNotContain("decision", answer.Replace("data-filter=\"decision\"", "", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Translate_SentenceWithoutAPattern_StaysAndIsMarked()
    {
        var german = Phrases.Of("de");
        Assert.AreEqual("<span lang=\"en\">A new &lt;b&gt; sentence.</span>", german.Sentences.Say("A new <b> sentence.").Text);
        Assert.AreEqual("Anteile beziehen sich auf 3 Zeilen: So wenige sagen wenig", german.Sentences.Translate("Shares are of 3 rows: so few say little"));
    }

    [TestMethod]
    public void Numbers_InGerman_HaveGermanMarks()
    {
        var numbers = Phrases.Of("de").Numbers;
        Assert.AreEqual("1.200", numbers.Count(1200));
        Assert.AreEqual("8,3 %", numbers.Percent(0.083));
        Assert.AreEqual("−0,213", numbers.Logit(-0.213));
    }

    [TestMethod]
    [DataRow("applicant", "an applicant")]
    [DataRow("household", "a household")]
    [DataRow("hour", "an hour")]
    [DataRow("user", "a user")]
    [DataRow("one-off", "a one-off")]
    [DataRow("unit", "a unit")]
    [DataRow("umbrella", "an umbrella")]
    public void Indefinite_OfANoun_HasTheRightArticle(string noun, string expected) => Assert.AreEqual(expected, Phrases.Of("en").Indefinite(noun));

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Hole();
}
