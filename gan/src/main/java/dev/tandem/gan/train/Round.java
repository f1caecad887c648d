package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The report of a round, of the last step of each kind in it. Its numbers are read when they are
 * asked for, so a round that nobody looks at costs nothing: where steps are made by a card, that
 * waits for the round, and whoever asks for none waits for nothing. All of them throw a {@link
 * dev.tandem.core.train.NonFiniteException} if a step of the round was asked for and failed, or one
 * before it did.
 */
public final class Round {

  private static final String REAL_SCORE = "real_score";
  private static final String FAKE_SCORE = "fake_score";

  private final long number;
  private final StepReport discriminator;
  private final StepReport generator;
  private final ImmutableList<StepReport> lazy;

  /**
   * A report.
   *
   * @param lazy what the lazy penalties reported last, if they were taken yet
   */
  Round(
      long number, StepReport discriminator, StepReport generator, ImmutableList<StepReport> lazy) {
    this.number = number;
    this.discriminator = discriminator;
    this.generator = generator;
    this.lazy = lazy;
  }

  /** The number of the round, counted from 1. */
  public long number() {
    return number;
  }

  /** The discriminator's loss with the penalties of each step; NaN if it had no step. */
  public double discriminatorLoss() {
    return discriminator.loss();
  }

  /** The generator's loss with its terms; NaN if it had no step. */
  public double generatorLoss() {
    return generator.loss();
  }

  /**
   * The terms of the discriminator's loss by name, each with its weight: {@code adversarial}, the
   * loss of the scores; penalties and other terms by their kind, as {@code r1}, or {@code penalty}
   * where that is code without a name; of several of a kind the second is {@code r1_2}. A lazy
   * penalty is among them with its value from when it was last taken. With a cycle the names end in
   * {@code _forth} and {@code _back}. Empty if the discriminator had no step, or the steps were
   * compiled elsewhere.
   */
  public ImmutableMap<String, Double> discriminatorTerms() {
    Map<String, Double> terms = new LinkedHashMap<>();
    discriminator.others().forEach((name, value) -> put(terms, name, value));
    lazy.forEach(step -> step.others().forEach((name, value) -> put(terms, name, value)));
    terms.keySet().removeIf(Round::isScore);
    return ImmutableMap.copyOf(terms);
  }

  private static void put(Map<String, Double> terms, String name, double value) {
    String free = name;
    for (int number = 2; terms.putIfAbsent(free, value) != null; number++) {
      free = name + "_" + number;
    }
  }

  /**
   * The terms of the generator's loss by name, each with its weight, named as those of the
   * discriminator.
   */
  public ImmutableMap<String, Double> generatorTerms() {
    return generator.others();
  }

  /**
   * The mean score that the discriminator gave real samples in its last step, before it moved: a
   * logit with the losses that take logits. NaN if it had no step.
   */
  public double realScore() {
    return score(REAL_SCORE);
  }

  /** The mean score that the discriminator gave fakes in its last step, before it moved. */
  public double fakeScore() {
    return score(FAKE_SCORE);
  }

  private double score(String name) {
    return discriminator.others().entrySet().stream()
        .filter(one -> one.getKey().startsWith(name))
        .mapToDouble(one -> one.getValue())
        .average()
        .orElse(Double.NaN);
  }

  private static boolean isScore(String name) {
    return name.startsWith(REAL_SCORE) || name.startsWith(FAKE_SCORE);
  }

  /** Number and terms, as in {@code round 3: D 1.38 {adversarial=1.38}, G 0.69 {…}}. */
  @Override
  public String toString() {
    return "round "
        + number
        + ": D "
        + discriminatorLoss()
        + " "
        + discriminatorTerms()
        + ", G "
        + generatorLoss()
        + " "
        + generatorTerms();
  }
}
