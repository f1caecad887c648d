package dev.tandem.core.samediff;

import dev.tandem.core.op.Expansion;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.image.AvgPool2DGradient;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.random.RandomOp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A predictor as a plain SameDiff graph that needs nothing of this library: feeds are placeholders
 * and outputs are variables of the same names, and the weights are constants with what they hold
 * now. The batch size is that of the graph.
 */
public final class Export {

  private final SameDiff sd;

  private Export(SameDiff sd) {
    this.sd = sd;
  }

  /**
   * The export of a predictor.
   *
   * @throws IllegalArgumentException if the graph assigns variables, samples random numbers, has a
   *     feed and an output of one name, or has a gradient of pooling, which SameDiff cannot load
   */
  public static Export of(OpGraph predictor) {
    check(predictor);
    Emission emission = Emission.of(predictor, Emission.Reads.FIXED);
    SameDiff sd = emission.sd();
    emission
        .graph()
        .outputs()
        .forEach((name, value) -> sd.identity(name, emission.variables().get(value)));
    sd.setOutputs(List.copyOf(predictor.outputs().keySet()));
    return new Export(sd);
  }

  private static void check(OpGraph predictor) {
    if (!predictor.assignments().isEmpty()) {
      throw new IllegalArgumentException(
          "a graph that writes \""
              + predictor.assignments().get(0).target().name()
              + "\" cannot be exported; export a predictor");
    }
    for (OpCall call : Expansion.of(predictor, call -> false).calls()) {
      if (call.op() instanceof RandomOp) {
        throw new IllegalArgumentException(
            "a graph with random numbers (" + call + ") cannot be exported; export a predictor");
      }
      if (call.op() instanceof MaxPool2DGradient || call.op() instanceof AvgPool2DGradient) {
        throw new IllegalArgumentException(
            call + " cannot be exported: SameDiff does not read gradients of pooling from files");
      }
      if (call.op() instanceof Feed feed && predictor.outputs().containsKey(feed.label())) {
        throw new IllegalArgumentException(
            "\"" + feed.label() + "\" names a feed and an output; rename one to export the graph");
      }
    }
  }

  /** The graph. */
  public SameDiff sameDiff() {
    return sd;
  }

  /**
   * Writes the graph as SameDiff's FlatBuffers file, as {@code SameDiff.load(file, false)} reads
   * it. An existing file is replaced as a whole.
   *
   * @param file where to, usually named {@code *.fb}
   * @throws UncheckedIOException if it cannot be written
   */
  public void save(Path file) {
    Path target = file.toAbsolutePath();
    try {
      // Not a file of createTempFile, which nobody else may read: the umask decides, as elsewhere.
      Path beside = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
      try {
        sd.asFlatFile(beside.toFile(), false);
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }
}
