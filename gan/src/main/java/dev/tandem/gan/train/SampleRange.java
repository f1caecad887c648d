package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.StandardLayer;
import dev.tandem.core.model.Model;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once if images of the data plainly lie in another interval than the generator's. */
final class SampleRange {

  private static final Logger LOG = LoggerFactory.getLogger(SampleRange.class);

  /** How far beyond an interval its samples may lie, as those of resized images do. */
  private static final double SLACK = 0.5;

  /** What no net makes at its start. */
  private static final double FAR = 20;

  private static final double WHITE = 255;

  /** What a generator makes. */
  private enum Ending {
    TANH(-1, "[-1, 1], as it ends in tanh"),
    SIGMOID(0, "[0, 1], as it ends in a sigmoid"),
    OPEN(Double.NEGATIVE_INFINITY, "numbers near 0 at its start");

    private final double least;
    private final String words;

    Ending(double least, String words) {
      this.least = least;
      this.words = words;
    }
  }

  private final AdversarialPair pair;
  private final RealData data;
  private boolean looked;

  SampleRange(AdversarialPair pair, RealData data) {
    this.pair = pair;
    this.data = data;
  }

  /** Looks at the first batch: the arrays by step inputs. */
  void look(Map<String, INDArray> arrays) {
    if (!looked) {
      looked = true;
      remarks(arrays).forEach(LOG::warn);
    }
  }

  /** What there is to say of a batch. */
  ImmutableList<String> remarks(Map<String, INDArray> arrays) {
    Model generator = pair.parts(pair.generator()).get(0);
    Ending ending = ending(generator);
    ImmutableList.Builder<String> remarks = ImmutableList.builder();
    arrays.forEach(
        (input, images) -> {
          if (images.rank() == 4) {
            remark(data.columnOf(input), images, ending)
                .ifPresent(
                    remark ->
                        remarks.add(
                            String.format(
                                Locale.ROOT,
                                "images \"%s\" lie in [%s, %s] in the first batch, and %s makes %s:"
                                    + " %s",
                                data.nameOf(input),
                                images.minNumber(),
                                images.maxNumber(),
                                generator,
                                ending.words,
                                remark)));
          }
        });
    return remarks.build();
  }

  private static Optional<String> remark(Column column, INDArray images, Ending ending) {
    double least = images.minNumber().doubleValue();
    double most = images.maxNumber().doubleValue();
    boolean isSigned = ending != Ending.SIGMOID;
    PixelRange right = isSigned ? PixelRange.MINUS_ONE_TO_ONE : PixelRange.ZERO_TO_ONE;
    if (column.range().isPresent()) {
      boolean isRight = ending == Ending.OPEN || column.range().get() == right;
      return isRight ? Optional.empty() : Optional.of("take " + scaled(column, right));
    }
    boolean isBeyond =
        ending == Ending.OPEN
            ? most > FAR || least < -FAR
            : most > 1 + SLACK || least < ending.least - SLACK;
    if (isBeyond && least >= 0 && most <= WHITE) {
      return Optional.of(
          "scale them, if they are uint8 by "
              + scaled(column, right)
              + ", else by samples."
              + (isSigned ? "div(127.5).sub(1)" : "div(255)"));
    }
    if (isBeyond) {
      return Optional.of(
          "scale them to " + (isSigned ? "[-1, 1]" : "[0, 1]") + " by their least and largest");
    }
    return ending == Ending.TANH && least >= 0
        ? Optional.of("if they are pixels from 0 to 1, spread them by samples.mul(2).sub(1)")
        : Optional.empty();
  }

  private static String scaled(Column column, PixelRange range) {
    return "data.with(\""
        + column.name()
        + "\", column -> column.scaled(PixelRange."
        + range
        + "))";
  }

  /** By the activation before the only output, reshaping and the like left aside. */
  private static Ending ending(Model model) {
    SymbolicTensor output = model.output();
    Node last = output.producer();
    while (last != null) {
      if (last.operation() instanceof Model inner) {
        last = inner.output().producer();
      } else if (last.operation() instanceof StandardLayer<?> layer) {
        Object activation = layer.settings().values().get("activation");
        if (activation != null || !layer.weights().isEmpty() || last.inputs().size() != 1) {
          return activation instanceof Activations.Tanh
              ? Ending.TANH
              : activation instanceof Activations.Sigmoid ? Ending.SIGMOID : Ending.OPEN;
        }
        last = last.inputs().get(0).producer();
      } else {
        return Ending.OPEN;
      }
    }
    return Ending.OPEN;
  }
}
