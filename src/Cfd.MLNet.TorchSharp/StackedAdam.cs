using Cfd.MLNet.Networks;
using Cfd.MLNet.Networks.Kernels;
using TorchSharp;

using static TorchSharp.torch;

namespace Cfd.MLNet.TorchSharp;

/// <summary>
/// Adam (Kingma and Ba 2015) on a flat tensor, with the numbers of the managed engine: m = b1 m + (1 - b1) g;
/// v = b2 v + (1 - b2) g^2; p -= rate / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + epsilon).
/// </summary>
internal sealed class StackedAdam : IDisposable
{
    private readonly AdamSettings _settings;
    private readonly Tensor _firstMoment, _secondMoment;
    private readonly Scalar _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _epsilon;
    private double _beta1Power, _beta2Power;

    public StackedAdam(AdamSettings settings, Tensor parameters)
    {
        _settings = settings;
        _firstMoment = zeros_like(parameters).DetachFromDisposeScope();
        _secondMoment = zeros_like(parameters).DetachFromDisposeScope();
        var constants = AdamConstants.ForStep(settings, settings.Beta1, settings.Beta2);
        _beta1 = constants.Beta1.ToScalar();
        _oneMinusBeta1 = constants.OneMinusBeta1.ToScalar();
        _beta2 = constants.Beta2.ToScalar();
        _oneMinusBeta2 = constants.OneMinusBeta2.ToScalar();
        _epsilon = constants.Epsilon.ToScalar();
    }

    public void Start()
    {
        _firstMoment.zero_();
        _secondMoment.zero_();
        (_beta1Power, _beta2Power) = (1, 1);
    }

    /// <summary>One step; the caller's dispose scope takes the intermediate tensors.</summary>
    public void Step(Tensor parameters, Tensor gradient)
    {
        _beta1Power *= _settings.Beta1;
        _beta2Power *= _settings.Beta2;
        var constants = AdamConstants.ForStep(_settings, _beta1Power, _beta2Power);
        using var rate = constants.NegativeRate.ToScalar();
        using var correction = constants.InverseRootCorrection.ToScalar();
        _firstMoment.mul_(_beta1).add_(gradient, _oneMinusBeta1);
        _secondMoment.mul_(_beta2).addcmul_(gradient, gradient, _oneMinusBeta2);
        var denominator = _secondMoment.sqrt().mul_(correction).add_(_epsilon);
        parameters.addcdiv_(_firstMoment, denominator, rate);
    }

    public void Dispose()
    {
        _firstMoment.Dispose();
        _secondMoment.Dispose();
        foreach (var constant in new[] { _beta1, _oneMinusBeta1, _beta2, _oneMinusBeta2, _epsilon }) constant.Dispose();
    }
}
