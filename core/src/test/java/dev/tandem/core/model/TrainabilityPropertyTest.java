package dev.tandem.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Node;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The rule on what moves, against an enumeration of all paths, on random nested drawings. */
class TrainabilityPropertyTest {

  private static final int CASES = 200;

  /** One way from the model to a weight: whether each thing on it is on, models first. */
  private record Way(List<BooleanSupplier> flags, Weight weight) {}

  private final List<Layer> layers = new ArrayList<>();
  private final List<Model> models = new ArrayList<>();

  @RepeatedTest(CASES)
  void moved_onRandomDrawingsAndFlags_isWhatPathsSay(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Model model = draw(random);
    List<Weight> order = model.weights();
    List<Way> ways = new ArrayList<>();
    enumerate(model, List.of(), ways);
    assertThat(order)
        .containsExactlyElementsOf(new LinkedHashSet<>(ways.stream().map(Way::weight).toList()));

    for (int i = 0; i < 8; i++) {
      layers.forEach(layer -> layer.setTrainable(random.nextInt(4) > 0));
      models.forEach(each -> each.setTrainable(random.nextInt(3) > 0));
      Set<Weight> live = new LinkedHashSet<>();
      for (Way way : ways) {
        boolean on = way.flags().stream().allMatch(BooleanSupplier::getAsBoolean);
        if (on && way.weight().kind() == Weight.Kind.PARAMETER) {
          live.add(way.weight());
        }
      }
      List<Weight> expected = order.stream().filter(live::contains).toList();

      assertThat(model.trainableWeights()).isEqualTo(expected);
      assertThat(model.weights()).isEqualTo(order);
      assertPartition(model, order);
      assertSelections(model, expected, random);
    }
  }

  /** Trainable and non-trainable weights are all weights, each once and in their order. */
  private static void assertPartition(Model model, List<Weight> order) {
    List<Weight> together = new ArrayList<>(model.trainableWeights());
    together.addAll(model.nonTrainableWeights());
    assertThat(together).containsExactlyInAnyOrderElementsOf(order);
    assertThat(model.nonTrainableWeights())
        .isEqualTo(order.stream().filter(model.nonTrainableWeights()::contains).toList());
    assertThat(model.countTrainableParams() + model.countNonTrainableParams())
        .isEqualTo(model.countParams());
    assertThat(model.summary().trainable().params()).isEqualTo(model.countTrainableParams());
  }

  /** A selection narrows, and never adds. */
  private static void assertSelections(Model model, List<Weight> flagged, Random random) {
    Weight some = model.weights().get(random.nextInt(model.weights().size()));
    Flags flags = Flags.of(model);
    assertThat(Trainability.moved(model, flags, weight -> weight != some))
        .isEqualTo(flagged.stream().filter(weight -> weight != some).toList());
    assertThat(Trainability.moved(model, flags, Selection.only(some.owner())))
        .isEqualTo(flagged.stream().filter(weight -> weight.owner() == some.owner()).toList());
  }

  private static void enumerate(Model model, List<BooleanSupplier> before, List<Way> ways) {
    List<BooleanSupplier> path = new ArrayList<>(before);
    path.add(model::isTrainable);
    for (Node node : model.graph().nodes()) {
      Operation operation = node.operation();
      if (operation instanceof Model inner) {
        enumerate(inner, path, ways);
      } else {
        for (Weight weight : ((Layer) operation).weights()) {
          List<BooleanSupplier> whole = new ArrayList<>(path);
          whole.add(() -> weight.owner().isTrainable());
          ways.add(new Way(whole, weight));
        }
      }
    }
  }

  /** A few layers, then models over them and over earlier models; the last one is the outermost. */
  private Model draw(Random random) {
    for (int i = 0; i < 6; i++) {
      layers.add(
          switch (random.nextInt(4)) {
            case 0 -> BatchNormalization.of().named("norm" + i);
            case 1 -> Flatten.of().named("flat" + i);
            default -> Dense.units(2).bias(random.nextBoolean()).named("dense" + i);
          });
    }
    layers.add(Dense.units(2).named("always"));
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      models.add(drawOne("model" + i, random, i == count - 1));
    }
    return models.get(models.size() - 1);
  }

  private Model drawOne(String name, Random random, boolean last) {
    List<Operation> operations = new ArrayList<>(layers);
    operations.addAll(models);
    operations.addAll(models);
    Input x = Input.of("x", 2);
    List<SymbolicTensor> tensors = new ArrayList<>(List.of(x));
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      SymbolicTensor from = tensors.get(random.nextInt(tensors.size()));
      Operation operation = operations.get(random.nextInt(operations.size()));
      tensors.add(operation.apply(from));
    }
    if (last) {
      tensors.add(layers.get(layers.size() - 1).apply(x));
    }
    Collections.shuffle(tensors, random);
    return Model.of(name, x, Add.of().named("sum").apply(tensors.toArray(SymbolicTensor[]::new)));
  }
}
