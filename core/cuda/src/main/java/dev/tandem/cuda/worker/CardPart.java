package dev.tandem.cuda.worker;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Variable;
import dev.tandem.core.worker.CardGroup;
import dev.tandem.cuda.memory.Holding;
import dev.tandem.cuda.memory.Mirror;
import dev.tandem.cuda.memory.Mirrors;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** The variables of one worker while their means are taken, with their places on its card. */
final class CardPart implements CardGroup.Part {

  private final Holding holding;
  private final ImmutableList<Mirror> slim;
  private final ImmutableList<Mirror> wide;

  private CardPart(List<Variable> variables, Holding holding) {
    this.holding = holding;
    ImmutableList.Builder<Mirror> floats = ImmutableList.builder();
    ImmutableList.Builder<Mirror> doubles = ImmutableList.builder();
    for (Variable variable : variables) {
      DataType dtype = variable.spec().dtype();
      if (dtype != DataType.FLOAT && dtype != DataType.DOUBLE) {
        throw new IllegalStateException(
            "\"" + variable.name() + "\" is " + dtype + "; workers exchange float32 and float64");
      }
      Mirror mirror = holding.use(variable);
      mirror.settle();
      mirror.require();
      (dtype == DataType.FLOAT ? floats : doubles).add(mirror);
    }
    this.slim = floats.build();
    this.wide = doubles.build();
  }

  /**
   * Lets variables have their values on a card.
   *
   * @throws IllegalStateException if one has them on another
   */
  static CardPart of(List<Variable> variables, Mirrors mirrors) {
    Holding holding = new Holding(mirrors);
    try {
      return new CardPart(variables, holding);
    } catch (RuntimeException | Error e) {
      holding.close();
      throw e;
    }
  }

  /** Those of float32, in order. */
  ImmutableList<Mirror> slim() {
    return slim;
  }

  /** Those of float64, in order. */
  ImmutableList<Mirror> wide() {
    return wide;
  }

  @Override
  public long floats() {
    return length(slim);
  }

  @Override
  public long doubles() {
    return length(wide);
  }

  private static long length(List<Mirror> mirrors) {
    return mirrors.stream().mapToLong(mirror -> mirror.spec().shape().length()).sum();
  }

  /** Says that a mean may be written in part. */
  void touched() {
    slim.forEach(Mirror::touched);
    wide.forEach(Mirror::touched);
  }

  /** Says that all values are means. */
  void written() {
    slim.forEach(Mirror::written);
    wide.forEach(Mirror::written);
  }

  @Override
  public void close() {
    holding.close();
  }
}
