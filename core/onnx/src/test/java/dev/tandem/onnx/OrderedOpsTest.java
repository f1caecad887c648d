package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ops on the order of elements in ONNX Runtime, against Tandem's own predictor. */
class OrderedOpsTest {

  @TempDir Path folder;

  @Test
  void reverseSumsSelectionAndOrder_inOnnxRuntime_areWhatTheyAreHere() throws OrtException {
    Input rows = Input.of("rows", 5, 3);
    Model net =
        Model.of(
            "net",
            List.of(rows),
            List.of(
                Lambda.of("turned", (ops, in) -> ops.reverse(in.get(0), 1, 2)).apply(rows),
                Lambda.of("sums", (ops, in) -> ops.cumulativeSum(in.get(0), 1, true, true))
                    .apply(rows),
                Lambda.of(
                        "chosen",
                        (ops, in) -> {
                          Value zero = ops.scalar(0, in.get(0).dtype());
                          Value above = ops.greater(in.get(0), zero);
                          return ops.where(above, ops.scale(in.get(0), 2), zero);
                        })
                    .apply(rows),
                Lambda.of("best", (ops, in) -> ArrayOps.topK(ops, in.get(0), 2).values())
                    .apply(rows)));

    assertThat(Exports.check(net, folder.resolve("net.onnx"))).isLessThan(1e-6);
  }
}
