package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.DefaultTypes;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Training computes the same, whatever ND4J's default type is. */
class DefaultTypeTest {

  private static final int ROWS = 20;

  @OnBothEngines
  void training_underFloat64AsTheDefault_isThatUnderFloat32(Engine engine) {
    assertThat(DefaultTypes.under(DataType.DOUBLE, () -> train(engine)))
        .isEqualTo(DefaultTypes.under(DataType.FLOAT, () -> train(engine)));
  }

  @OnBothEngines
  void arrays_ofTheDefaultType_areRefusedByNameInAFloat32Model(Engine engine) {
    Model model = Model.sequential("m", Input.of("x", 3), Dense.units(1).named("d"));
    try (Trainer trainer = model.compile(Toys.descent(.1).engine(engine))) {
      INDArray wide = DefaultTypes.under(DataType.DOUBLE, () -> Nd4j.ones(2, 3));

      assertThatThrownBy(() -> trainer.predict(wide))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expects float32 (batch, 3) as input \"x\", got float64 (2, 3)")
          .hasMessageContaining("castTo(DataType.FLOAT)");
    }
  }

  private static List<Object> train(Engine engine) {
    Model model =
        Model.sequential(
                "net",
                Input.of("x", 6, 6, 1),
                Conv2D.filters(3).kernel(3).named("conv"),
                BatchNormalization.of().named("norm"),
                Dropout.rate(.2).named("dropout"),
                Flatten.of().named("flatten"),
                Dense.units(3).activation(Activations.softmax()).named("classes"))
            .initialize(4);
    INDArray images = Toys.normal(5, ROWS, 6, 6, 1);
    int[] classes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      classes[i] = i % 3;
    }
    Dataset data =
        Dataset.builder()
            .input("x", images)
            .target("classes", Nd4j.createFromArray(classes))
            .build();
    Training recipe =
        Training.with(Adam.rate(.01))
            .loss(Losses.sparseCategoricalCrossentropy())
            .metrics(Metrics.sparseCategoricalAccuracy())
            .engine(engine)
            .seed(6);
    List<Object> all = new ArrayList<>();
    try (Trainer trainer = model.compile(recipe)) {
      History history = trainer.fit(data, Fit.epochs(2).batchSize(8).validation(data).seed(1));
      all.add(history.epochs());
      all.add(trainer.evaluate(data, 7));
      all.add(list(trainer.predict(images)));
    }
    model.weights().forEach(weight -> all.add(list(weight.values())));
    return all;
  }

  private static List<Object> list(INDArray array) {
    List<Object> numbers = new ArrayList<>(List.of(array.dataType(), Shape.of(array.shape())));
    for (double number : Toys.doubles(array)) {
      numbers.add(number);
    }
    return numbers;
  }
}
