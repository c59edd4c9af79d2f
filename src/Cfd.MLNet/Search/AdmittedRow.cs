namespace Cfd.MLNet.Search;

/// <summary>A test row that passed phi and the training rows that psi admits for it, before ranking.</summary>
internal sealed record AdmittedRow(TestRow Row, float[] Features, int Position, int[] Candidates);
