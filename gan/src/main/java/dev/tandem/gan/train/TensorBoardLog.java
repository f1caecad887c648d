package dev.tandem.gan.train;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.tensorboard.EventFile;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.train.Trainer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes a run to event files, for TensorBoard: {@code trainer.with(TensorBoardLog.in(folder))}.
 *
 * <p>Scalars are the numbers of {@link JsonlLog}, under the same names. Every so many rounds come
 * pictures, if it is told what to paint, and histograms of the weights that each side moves and of
 * their last gradients. The graph of both nets says what is moved; settings, if it is told them,
 * are in the table of hyperparameters. A trainer that goes on begins a file of its own, and events
 * that came after its round are no longer shown.
 *
 * <p>It reads alone: the bits of a training are the same with it and without.
 */
public final class TensorBoardLog implements AdversarialCallback {

  private static final int USUAL = 50;
  private static final int SELDOM = 500;

  private final Path folder;
  private final int every;
  private final int seldom;
  private final List<Measuring> measured;
  private final Map<String, ?> settings;
  private final @Nullable Function<AdversarialTrainer, BufferedImage> painter;
  private @Nullable EventFile file;
  private @Nullable Round last;
  private long written = -1;

  private TensorBoardLog(
      Path folder,
      int every,
      int seldom,
      List<Measuring> measured,
      Map<String, ?> settings,
      @Nullable Function<AdversarialTrainer, BufferedImage> painter) {
    if (every < 1 || seldom < 1) {
      throw new IllegalArgumentException(
          "rounds between events are not at least 1: " + every + ", " + seldom);
    }
    this.folder = Objects.requireNonNull(folder, "folder");
    this.every = every;
    this.seldom = seldom;
    this.measured = measured;
    this.settings = settings;
    this.painter = painter;
  }

  /**
   * A log in a folder, which is made if it is not there: scalars every 50 rounds, histograms every
   * 500.
   */
  public static TensorBoardLog in(Path folder) {
    return new TensorBoardLog(folder, USUAL, SELDOM, List.of(), Map.of(), null);
  }

  /** The same with scalars every so many rounds, at least 1. */
  public TensorBoardLog every(int rounds) {
    return new TensorBoardLog(folder, rounds, seldom, measured, settings, painter);
  }

  /** The same with pictures and histograms every so many rounds, at least 1. */
  public TensorBoardLog picturesEvery(int rounds) {
    return new TensorBoardLog(folder, every, rounds, measured, settings, painter);
  }

  /** The same with pictures of what the generator makes. */
  public TensorBoardLog painting(Function<AdversarialTrainer, BufferedImage> samples) {
    return new TensorBoardLog(folder, every, seldom, measured, settings, samples);
  }

  /**
   * The same with what another callback measures, which is given to the trainer before this one. A
   * round in which something was measured has scalars.
   */
  public TensorBoardLog with(Measuring more) {
    List<Measuring> all = new ArrayList<>(measured);
    all.add(more);
    return new TensorBoardLog(folder, every, seldom, List.copyOf(all), settings, painter);
  }

  /** The same with settings: numbers, truth values and texts by name. */
  public TensorBoardLog settings(Map<String, ?> all) {
    Map<String, ?> kept = new LinkedHashMap<>(all);
    return new TensorBoardLog(folder, every, seldom, measured, kept, painter);
  }

  private EventFile file() {
    return Objects.requireNonNull(file, "a training begins with onStart");
  }

  /**
   * Begins a file.
   *
   * @throws DataFileException if there can be none
   */
  @Override
  public void onStart(AdversarialTrainer trainer) {
    file = EventFile.in(folder, trainer.counters().rounds());
    Set<Weight> moved = new HashSet<>(trainer.steps().discriminator().moves());
    moved.addAll(trainer.steps().generator().moves());
    file()
        .graph(
            List.of(trainer.recipe().pair().generator(), trainer.recipe().pair().discriminator()),
            moved);
    if (!settings.isEmpty()) {
      Set<String> tags = new LinkedHashSet<>(List.of("d_loss", "g_loss"));
      measured.forEach(one -> tags.add(one.name()));
      file().settings(settings, tags);
    }
  }

  @Override
  public void onRound(AdversarialTrainer trainer, Round round) {
    boolean asked = measured.stream().anyMatch(one -> one.round() == round.number());
    if (round.number() % every == 0 || asked) {
      scalars(trainer, round);
    }
    if (round.number() % seldom == 0) {
      others(trainer, round.number());
    }
    last = round;
  }

  private void scalars(AdversarialTrainer trainer, Round round) {
    written = round.number();
    Map<String, Double> numbers = RoundNumbers.of(trainer, round, measured);
    numbers.values().removeIf(value -> value.isNaN());
    file().scalars(round.number(), numbers);
  }

  private void others(AdversarialTrainer trainer, long round) {
    if (painter != null) {
      file().image(round, "samples", painter.apply(trainer));
    }
    histograms(round, "discriminator", trainer.steps().discriminator());
    histograms(round, "generator", trainer.steps().generator());
  }

  private void histograms(long round, String side, Trainer trainer) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    Map<Weight, String> paths = trainer.model().weightsByPath().inverse();
    for (Weight weight : trainer.moves()) {
      arrays.put(side + "_weights/" + paths.get(weight), weight.values());
    }
    file().histograms(round, arrays);
    arrays.values().forEach(INDArray::close);
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    trainer
        .gradientValues()
        .forEach((path, array) -> gradients.put(side + "_gradients/" + path, array));
    file().histograms(round, gradients);
    gradients.values().forEach(INDArray::close);
  }

  /** The last round has its events too. */
  @Override
  public void onEnd(AdversarialTrainer trainer) {
    Round end = last;
    if (end != null && end.number() == trainer.counters().rounds()) {
      if (end.number() != written) {
        scalars(trainer, end);
      }
      if (end.number() % seldom != 0) {
        others(trainer, end.number());
      }
    }
    file().end();
  }
}
