package dev.tandem.gan.train;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.StandardLayer;
import dev.tandem.core.model.Model;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once if real samples plainly lie in another interval than the generator's. */
final class SampleRange {

  private static final Logger LOG = LoggerFactory.getLogger(SampleRange.class);

  private final AdversarialPair pair;
  private final RealData data;
  private boolean looked;

  SampleRange(AdversarialPair pair, RealData data) {
    this.pair = pair;
    this.data = data;
  }

  /** Looks at the first batch: the arrays by step inputs. */
  void look(Map<String, INDArray> arrays) {
    String input = pair.conditioning().realSamples();
    INDArray samples = arrays.get(input);
    if (looked || samples == null) {
      return;
    }
    looked = true;
    Model generator = pair.parts(pair.generator()).get(0);
    if (samples.rank() != 4 || !endsInTanh(generator)) {
      return;
    }
    double least = samples.minNumber().doubleValue();
    double most = samples.maxNumber().doubleValue();
    String column = data.nameOf(input);
    if (most > 1.5 || least < -1.5) {
      LOG.warn(
          "real samples \"{}\" lie in [{}, {}] in the first batch, and {} makes samples in [-1, 1],"
              + " as it ends in tanh: scale them, for pixels from 0 to 255 as uint8 by"
              + " data.with(\"{}\", column -> column.scaled(PixelRange.MINUS_ONE_TO_ONE)), else by"
              + " samples.div(127.5).sub(1)",
          column,
          least,
          most,
          generator,
          column);
    } else if (least >= 0) {
      LOG.warn(
          "real samples \"{}\" lie in [{}, {}] in the first batch, and {} makes samples in [-1, 1],"
              + " as it ends in tanh: if they are pixels from 0 to 1, spread them by"
              + " samples.mul(2).sub(1)",
          column,
          least,
          most,
          generator);
    }
  }

  /** Whether the activation before the only output is tanh, reshaping and the like left aside. */
  private static boolean endsInTanh(Model model) {
    SymbolicTensor output = model.output();
    Node last = output.producer();
    while (last != null) {
      if (last.operation() instanceof Model inner) {
        last = inner.output().producer();
      } else if (last.operation() instanceof StandardLayer<?> layer) {
        Object activation = layer.settings().values().get("activation");
        if (activation != null || !layer.weights().isEmpty() || last.inputs().size() != 1) {
          return activation instanceof Activations.Tanh;
        }
        last = last.inputs().get(0).producer();
      } else {
        return false;
      }
    }
    return false;
  }
}
