package dev.tandem.core.io;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.lowering.Lowering;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Selection;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.samediff.Export;
import dev.tandem.core.tensor.TensorSpec;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Predictors for programs without this library: a file that {@code SameDiff.load(file, false)} of
 * plain ND4J reads. Placeholders and outputs are named as the model's inputs and outputs, weights
 * are constants, and layers do what they do in inference.
 */
public final class SameDiffFile {

  private SameDiffFile() {}

  /**
   * Exports a model for batches of one size, in place of an earlier export.
   *
   * @param batchSize at least 1
   * @param file usually named {@code *.fb}
   * @throws DataFileException if it cannot be written
   */
  public static void save(Model model, int batchSize, Path file) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is not at least 1: " + batchSize);
    }
    Export export = Export.of(predictor(model, batchSize));
    try {
      export.save(file);
    } catch (UncheckedIOException e) {
      throw new DataFileException(
          file.toString(),
          "cannot be written (" + e.getCause() + "); does its directory exist, with space left?",
          e);
    }
  }

  private static OpGraph predictor(Model model, int batchSize) {
    Ops ops = new Ops();
    List<Value> inputs = new ArrayList<>();
    model
        .inputs()
        .forEach(
            (name, tensor) -> {
              TensorSpec spec = tensor.spec();
              inputs.add(ops.feed(name, spec.withShape(spec.shape().withBatch(batchSize))));
            });
    Snapshot snapshot = Snapshot.of(model, Selection.all());
    List<Value> values = Lowering.of(ops, snapshot, false, inputs).outputs();
    Map<String, Value> outputs = new LinkedHashMap<>();
    List<String> names = model.outputs().keySet().asList();
    for (int i = 0; i < names.size(); i++) {
      outputs.put(names.get(i), values.get(i));
    }
    return ops.build(outputs);
  }
}
