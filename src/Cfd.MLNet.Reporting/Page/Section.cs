namespace Cfd.MLNet.Reporting.Page;

/// <summary>A part of the page; its name among the links and its heading are the texts section.ID and section.ID.title.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Body">What is below its heading.</param>
internal sealed record Section(string Id, Html Body);
