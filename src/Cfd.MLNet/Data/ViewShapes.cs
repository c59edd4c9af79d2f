using Microsoft.ML;
using Microsoft.ML.Data;

namespace Cfd.MLNet.Data;

/// <summary>
/// The shape of a view's schema, which estimators are asked with before anything is fitted. SchemaShape.Column has no public constructor; a
/// loader that has a schema and an empty chain behind it publishes the shape of that schema.
/// </summary>
internal static class ViewShapes
{
    public static SchemaShape Of(DataViewSchema schema) => new SchemaLoader(schema).Append(new EstimatorChain<ITransformer>()).GetOutputSchema();

    private sealed class SchemaLoader(DataViewSchema schema) : IDataLoader<object>
    {
        public DataViewSchema GetOutputSchema() => schema;

        public IDataView Load(object input) => throw new NotSupportedException("This loader only carries a schema.");

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("This loader only carries a schema.");
    }
}
