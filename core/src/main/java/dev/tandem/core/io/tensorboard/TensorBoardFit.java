package dev.tandem.core.io.tensorboard;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.StepResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes a fit to an event file, for TensorBoard: losses every so many steps, losses and metrics,
 * the rate and histograms of the moved weights after each epoch, and the graph of the model at the
 * start.
 */
public final class TensorBoardFit implements Callback {

  private static final int USUAL = 50;

  private final Path folder;
  private final int every;
  private @Nullable EventFile file;

  private TensorBoardFit(Path folder, int every) {
    if (every < 1) {
      throw new IllegalArgumentException("steps between scalars are not at least 1: " + every);
    }
    this.folder = Objects.requireNonNull(folder, "folder");
    this.every = every;
  }

  /** A log in a folder, which is made if it is not there; losses every 50 steps. */
  public static TensorBoardFit in(Path folder) {
    return new TensorBoardFit(folder, USUAL);
  }

  /** The same with losses every so many steps, at least 1. */
  public TensorBoardFit every(int steps) {
    return new TensorBoardFit(folder, steps);
  }

  private EventFile file() {
    return Objects.requireNonNull(file, "a fit begins with onStart");
  }

  @Override
  public void onStart(FitProgress progress) {
    file = EventFile.in(folder, progress.trainer().steps());
    file().graph(List.of(progress.trainer().model()), Set.copyOf(progress.trainer().moves()));
  }

  @Override
  public void onStep(FitProgress progress, StepResult result) {
    long step = progress.trainer().steps();
    if (step % every == 0) {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("step/loss", result.loss());
      result.losses().entrySet().stream()
          .skip(1) // the loss itself
          .forEach(part -> values.put("step/" + part.getKey(), part.getValue()));
      file().scalars(step, values);
    }
  }

  @Override
  public void onEpoch(FitProgress progress) {
    long step = progress.trainer().steps();
    List<? extends Map<String, Double>> epochs = progress.history().epochs();
    Map<String, Double> values = new LinkedHashMap<>();
    epochs.get(epochs.size() - 1).forEach((name, value) -> values.put("epoch/" + name, value));
    values.put("epoch/rate", progress.trainer().rate());
    file().scalars(step, values);
    Map<String, INDArray> weights = new LinkedHashMap<>();
    Map<Weight, String> paths = progress.trainer().model().weightsByPath().inverse();
    for (Weight weight : progress.trainer().moves()) {
      weights.put("weights/" + paths.get(weight), weight.values());
    }
    file().histograms(step, weights);
    weights.values().forEach(INDArray::close);
  }
}
