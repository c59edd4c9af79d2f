using Cfd.MLNet.Tool.Views;

namespace Cfd.MLNet.Tool.Tests.Views;

[TestClass]
public sealed class StageForecastTests
{
    [TestMethod]
    public void Observe_RateThatChanges_IsCalibratedByTheLaterHalf()
    {
        var forecast = new StageForecast();
        // Ten a second at first, then one a second.
        for (int second = 0; second <= 5; second++) forecast.Observe(10 * second, 100, TimeSpan.FromSeconds(second));
        Assert.AreEqual(5, forecast.Left!.Value.TotalSeconds, 0.01);
        for (int second = 6; second <= 25; second++) forecast.Observe(45 + second, 100, TimeSpan.FromSeconds(second));
        Assert.AreEqual(30, forecast.Left!.Value.TotalSeconds, 0.5);
    }

    [TestMethod]
    public void Share_GoesOnBetweenThingsDone_ButNotPastTheNext()
    {
        var forecast = new StageForecast();
        forecast.Observe(0, 10, TimeSpan.Zero);
        Assert.IsNull(forecast.Left);
        forecast.Observe(1, 10, TimeSpan.FromSeconds(2));
        double before = forecast.Share;
        forecast.Observe(1, 10, TimeSpan.FromSeconds(3));
        Assert.IsGreaterThan(before, forecast.Share);
        forecast.Observe(1, 10, TimeSpan.FromSeconds(300));
        Assert.IsLessThan(0.2, forecast.Share);
    }

    [TestMethod]
    public void Share_OfABoundThatFalls_NeverFalls_AndEndsWhole()
    {
        var forecast = new StageForecast();
        double last = 0;
        for (int done = 0; done <= 60; done++)
        {
            forecast.Observe(done, Math.Max(60, 200 - (3 * done)), TimeSpan.FromSeconds(done));
            Assert.IsGreaterThanOrEqualTo(last, forecast.Share);
            last = forecast.Share;
        }

        Assert.AreEqual(1, last);
    }
}
