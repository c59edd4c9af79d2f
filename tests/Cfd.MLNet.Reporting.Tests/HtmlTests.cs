using Cfd.MLNet.Reporting.Page;

namespace Cfd.MLNet.Reporting.Tests;

/// <summary>What stands in the holes of a piece of HTML is text.</summary>
[TestClass]
public sealed class HtmlTests
{
    [TestMethod]
    public void Of_TextInHoles_IsEscaped()
    {
        string text = "<script>alert('x')</script> & \"ä\"";
        string html = Html.Of($"<p title=\"{text}\">{text}</p>").Text;
        string escaped = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;ä&quot;";
        Assert.AreEqual($"<p title=\"{escaped}\">{escaped}</p>", html);
    }

    [TestMethod]
    public void Of_HtmlInHoles_StaysAsItIs()
    {
        Html[] items = [Html.Of($"<li>{1.5}</li>"), Html.Of($"<li>{(string?)null}</li>")];
        Assert.AreEqual("<ul><li>1.5</li><li></li></ul><hr>", Html.Of($"<ul>{items}</ul>{new Html("<hr>")}").Text);
    }
}
