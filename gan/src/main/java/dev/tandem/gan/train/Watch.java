package dev.tandem.gan.train;

import dev.tandem.core.train.NonFiniteException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watchdog at work in one trainer. */
final class Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** The most rounds whose losses are read together. */
  private static final int TOGETHER = 100;

  /** The number of samples that are looked at. */
  private static final int SAMPLES = 128;

  /**
   * A finding.
   *
   * @param kind for warnings, of which there is one of each
   */
  private record Finding(String kind, String text) {}

  private final Watchdog watchdog;
  private final Set<String> warned = new HashSet<>();
  private final @Nullable Worsening worsening;
  private final List<Round> unread = new ArrayList<>();
  private double realDeviation = Double.NaN;
  private int saturated;
  private int alike;
  private boolean unlikeOnce;
  private double best = Double.POSITIVE_INFINITY;
  private boolean saved;

  Watch(Watchdog watchdog) {
    this.watchdog = watchdog;
    this.worsening = watchdog.regression() == null ? null : new Worsening(watchdog.regression());
  }

  /** Before the first round: what there is to go back to. */
  void start(AdversarialTrainer trainer) {
    if (!saved) {
      save(trainer);
    }
  }

  /** After a round. */
  void after(AdversarialTrainer trainer, Round round) {
    if (trainer.isApart()) {
      return; // its losses and samples are of this worker alone
    }
    boolean check = trainer.isTimeFor(watchdog.checkEvery());
    unread.add(round);
    Optional<Finding> finding = Optional.empty();
    if (check || unread.size() >= together(trainer)) {
      finding = saturation(trainer);
    }
    if (finding.isEmpty() && check) {
      finding = diversity(trainer);
    }
    boolean measured = worsening != null && worsening.isDue(trainer);
    if (finding.isEmpty() && measured) {
      finding =
          Objects.requireNonNull(worsening)
              .look(trainer, round.number())
              .map(text -> new Finding("regression", text));
    }
    if (finding.isPresent()) {
      act(trainer, finding.get());
    } else if (alike == 0 && saturated == 0 && isToBeSaved(trainer, check, measured)) {
      save(trainer);
    }
  }

  private boolean isToBeSaved(AdversarialTrainer trainer, boolean check, boolean measured) {
    return worsening == null || watchdog.measure() != null
        ? check && (worsening == null || !worsening.isDoubtful())
        : measured && worsening.isBest(trainer.counters().rounds());
  }

  /** After a step that could not be made. */
  void failed(AdversarialTrainer trainer, NonFiniteException failure) {
    String reason = "a step met NaN or infinity: " + failure.getMessage();
    if (watchdog.action() == Watchdog.Action.WARN) {
      LOG.warn("{}", reason);
      throw failure; // there is no way on
    }
    act(trainer, new Finding("number", reason));
  }

  /** Reading losses waits for a card, so that is not done in every round. */
  private int together(AdversarialTrainer trainer) {
    return trainer.ahead().isAhead() ? Math.min(TOGETHER, watchdog.saturationRounds()) : 1;
  }

  private Optional<Finding> saturation(AdversarialTrainer trainer) {
    Optional<Finding> finding = Optional.empty();
    for (int i = 0; i < unread.size() && finding.isEmpty(); i++) {
      finding = saturation(trainer, unread.get(i));
    }
    unread.clear();
    return finding;
  }

  private Optional<Finding> saturation(AdversarialTrainer trainer, Round round) {
    AdversarialTraining recipe = trainer.recipe();
    double indifferent =
        recipe.objective().loss().indifference() * recipe.pair().directions().size();
    double limit = watchdog.saturation() * indifferent;
    if (Double.isNaN(limit) || Double.isNaN(round.discriminatorLoss())) {
      return Optional.empty();
    }
    saturated = round.discriminatorLoss() < limit ? saturated + recipe.roundsApart() : 0;
    return saturated < watchdog.saturationRounds()
        ? Optional.empty()
        : found(
            "saturation",
            "the discriminator has won: its loss was below %.3g, %.3g of what telling nothing"
                + " apart costs, for %d rounds up to round %d (now %.3g); slow it down, or add"
                + " a gradient penalty or noise",
            limit,
            watchdog.saturation(),
            saturated,
            round.number(),
            round.discriminatorLoss());
  }

  private Optional<Finding> diversity(AdversarialTrainer trainer) {
    if (watchdog.diversity() == 0) {
      return Optional.empty();
    }
    if (Double.isNaN(realDeviation)) {
      realDeviation = deviation(trainer.realSamples(SAMPLES));
    }
    double ratio;
    try (INDArray samples = trainer.sample(SAMPLES, 0)) {
      ratio = deviation(samples) / realDeviation;
    }
    boolean unlike = ratio >= watchdog.diversity(); // NaN counts as alike
    unlikeOnce |= unlike;
    boolean young = !unlikeOnce && trainer.counters().rounds() <= watchdog.warmUp();
    alike = unlike || young ? 0 : alike + 1;
    return alike < 2
        ? Optional.empty()
        : found(
            "diversity",
            "the generator's samples have become alike: their standard deviation is %.3g of"
                + " that of real samples, below %.3g in two checks up to round %d; lower the"
                + " rates, or try packing or another loss",
            ratio,
            watchdog.diversity(),
            trainer.counters().rounds());
  }

  private static Optional<Finding> found(String kind, String format, Object... numbers) {
    return Optional.of(new Finding(kind, String.format(Locale.ROOT, format, numbers)));
  }

  /** The mean over all places of the standard deviation over samples. */
  private static double deviation(INDArray samples) {
    return samples.std(true, 0).meanNumber().doubleValue();
  }

  private void act(AdversarialTrainer trainer, Finding finding) {
    switch (watchdog.action()) {
      case WARN -> {
        if (warned.add(finding.kind())) {
          LOG.warn("{}", finding.text());
        }
      }
      case STOP -> trainer.stop(finding.text());
      case ROLL_BACK -> {
        long round = trainer.counters().rounds();
        trainer.restore(watchdog.directory().orElseThrow());
        trainer.stop(
            finding.text()
                + ". Went back from round "
                + round
                + " to round "
                + trainer.counters().rounds());
      }
    }
    unread.clear();
    saturated = 0;
    alike = 0;
    if (worsening != null) {
      worsening.forgive();
    }
  }

  private void save(AdversarialTrainer trainer) {
    watchdog
        .directory()
        .ifPresent(
            directory -> {
              double value = watchdog.measure() == null ? 0 : watchdog.measure().of(trainer);
              if (watchdog.measure() == null || value < best || !saved) {
                best = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
                trainer.save(directory);
              }
            });
    saved = true;
  }
}
