package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Predictor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The page on serving. */
class ServingTest {

  private static Model net(String name) {
    return Model.sequential(name, Input.of("x", 3), Dense.units(2));
  }

  @Test
  void predictor_warmedUp_answers() {
    Model model = net("m");
    INDArray request = Nd4j.ones(DataType.FLOAT, 5, 3);
    // region service
    Predictor predictor = Predictor.of(model);
    predictor.warmUp(1, 8, 64); // prepares the plans before the first request

    INDArray answer = predictor.predict(request); // from any thread
    // endregion
    assertThat(answer.shape()).containsExactly(5, 2);
    predictor.close();
  }

  @Test
  void model_swapped_givesItsMemoryBack() {
    Model before = net("before");
    Model loaded = net("loaded");
    AtomicReference<Predictor> current = new AtomicReference<>(Predictor.of(before));
    // region swap
    Predictor next = Predictor.of(loaded);
    next.warmUp(1, 8, 64);
    Predictor old = current.getAndSet(next);
    old.close(); // after the calls that it is answering
    before.freeWeights(); // refused while anything open computes with them
    // endregion
    assertThatIllegalStateException().isThrownBy(() -> before.weights().get(0).values());
    assertThatIllegalStateException().isThrownBy(loaded::freeWeights);
    current.get().close();
  }
}
