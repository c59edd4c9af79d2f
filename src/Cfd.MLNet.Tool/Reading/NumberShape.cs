namespace Cfd.MLNet.Tool.Reading;

/// <summary>What a field says of the way numbers are written.</summary>
internal enum NumberShape
{
    /// <summary>It is no number.</summary>
    None,

    /// <summary>Digits alone, or with blanks between thousands: the same with either decimal mark.</summary>
    Whole,

    /// <summary>The decimal mark can only be a point, e.g. 1.5 or 1,234.5.</summary>
    Point,

    /// <summary>The decimal mark can only be a comma, e.g. 1,5 or 1.234,5.</summary>
    Comma,

    /// <summary>A point before three digits: a decimal mark, or a mark between thousands.</summary>
    AmbiguousPoint,

    /// <summary>A comma before three digits: a decimal mark, or a mark between thousands.</summary>
    AmbiguousComma,
}
