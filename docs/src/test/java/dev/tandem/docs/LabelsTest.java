package dev.tandem.docs;

import static dev.tandem.core.loss.Losses.categoricalCrossentropy;
import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the page on labels says. */
class LabelsTest {

  private static Model classifier() {
    return Model.sequential(
            "classifier",
            Input.of("x", 2),
            Dense.units(4).activation(Activations.softmax()).named("digit"))
        .initialize(1);
  }

  @Test
  void classes_asNumbersAndAsRows_areTheSame() {
    // region classes
    Training numbers = Training.with(Adam.rate(1e-3)).loss(sparseCategoricalCrossentropy()); // 2
    Training rows = Training.with(Adam.rate(1e-3)).loss(categoricalCrossentropy()); // 0 0 1 0
    // endregion
    INDArray x = Nd4j.ones(DataType.FLOAT, 1, 2);
    INDArray row = Nd4j.createFromArray(new float[][] {{0, 0, 1, 0}});
    assertThat(classifier().compile(numbers).trainOnBatch(x, Nd4j.createFromArray(2)).loss())
        .isEqualTo(classifier().compile(rows).trainOnBatch(x, row).loss());
  }

  @Test
  void classWeights_andMaskedSamples_areTaken() {
    Trainer trainer =
        classifier().compile(Training.with(Adam.rate(1e-3)).loss(sparseCategoricalCrossentropy()));
    INDArray x = Nd4j.ones(DataType.FLOAT, 2, 2);
    Dataset data =
        Dataset.builder().input("x", x).target("digit", Nd4j.createFromArray(0, 1)).build();
    // region weights
    trainer.fit(data, Fit.epochs(3).classWeights(Map.of(0, 1.0, 1, 12.5)));
    // endregion
    Examples masked =
        Examples.of(x, Nd4j.createFromArray(1, -1)).weights(Nd4j.createFromArray(1f, 0f));
    assertThat(trainer.trainOnBatch(masked).loss()).isFinite();
  }

  @Test
  void index_besideItsTable_isRefusedAsShown() {
    Model bag =
        Model.sequential(
                "bag",
                Input.of("w", Shape.of(3), DataType.INT32),
                Embedding.of(10, 2).named("table"),
                Flatten.of(),
                Dense.units(1))
            .initialize(1);
    INDArray words = Nd4j.createFromArray(new int[][] {{0, 1, 2}, {3, 4, 10}});
    String page = Snippets.read(Snippets.DOCS.resolve("labels.md"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Predictor.of(bag).predict(words))
        .satisfies(e -> assertThat(page).contains("\n    " + e.getMessage() + "\n"));
  }
}
