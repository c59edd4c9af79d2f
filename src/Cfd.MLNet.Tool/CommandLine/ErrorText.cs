namespace Cfd.MLNet.Tool.CommandLine;

/// <summary>Failures that the user can mend, as one message without a stack.</summary>
internal static class ErrorText
{
    /// <summary>Whether the message tells the user what is wrong; all else is a defect and keeps its stack.</summary>
    public static bool IsExpected(Exception failure) => failure is ArgumentException or InvalidDataException or IOException
        or UnauthorizedAccessException or InvalidOperationException or NotSupportedException;

    /// <summary>The message, without the parameter names that .NET appends for programmers.</summary>
    public static string Of(Exception failure)
    {
        int end = failure is ArgumentException { ParamName: not null } ? failure.Message.IndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        return end < 0 ? failure.Message : failure.Message[..end];
    }
}
