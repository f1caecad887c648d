package dev.tandem.core.op.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.autodiff.GradientCheck;
import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.engine.EngineOptions;
import dev.tandem.core.engine.Plan;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.engine.PlanProfile;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.RecurrentOpSamples;
import dev.tandem.core.op.SampleArrays;
import dev.tandem.core.op.Value;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RecurrenceTest {

  static Stream<RecurrenceForm> forms() {
    return RecurrentOpSamples.forms().stream();
  }

  private static Value flat(Ops ops, List<Value> values) {
    return ops.concat(
        0, values.stream().map(value -> ops.reshape(value, value.shape().length())).toList());
  }

  /** What a layer makes of it: last states, and the sequence of all. */
  private static Value outputs(Ops ops, RecurrenceForm form, List<Value> inputs, boolean sequence) {
    List<Value> made = ops.apply(new Recurrence(form), inputs);
    List<Value> used = new ArrayList<>(made.subList(made.size() - 1, made.size()));
    if (sequence) {
      used.add(made.get(0));
    }
    return flat(ops, used);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void gradients_ofSequencesAndLastStates_areDerivativesTwice(RecurrenceForm form) {
    List<INDArray> inputs = List.of(RecurrentOpSamples.inputs(form));

    GradientCheck.of((ops, values) -> outputs(ops, form, values, form.started()), inputs)
        .secondOrder();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void gradients_areThoseOfTheParts(RecurrenceForm form) {
    Ops ops = new Ops();
    List<Value> inputs = new ArrayList<>();
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    for (INDArray array : RecurrentOpSamples.inputs(form)) {
      String name = "in" + inputs.size();
      feeds.put(name, array);
      inputs.add(ops.feed(name, new TensorSpec(Shape.of(array.shape()), DataType.DOUBLE)));
    }
    List<Value> parts = new Recurrence(form).decompose(ops, inputs);
    Map<String, Value> outputs = new LinkedHashMap<>();
    List<Value> byParts = gradients(ops, parts.get(0), inputs);
    List<Value> whole = gradients(ops, ops.apply(new Recurrence(form), inputs).get(0), inputs);
    for (int i = 0; i < inputs.size(); i++) {
      outputs.put("parts" + i, byParts.get(i));
      outputs.put("whole" + i, whole.get(i));
    }
    OpGraph graph = ops.build(outputs);
    try (var program = new SameDiffEngine().prepare(graph)) {
      feeds.forEach(program::feed);
      program.run(1, 1);
      for (int i = 0; i < inputs.size(); i++) {
        INDArray difference = program.output("parts" + i).sub(program.output("whole" + i));
        assertThat(difference.normmaxNumber().doubleValue()).isLessThan(1e-14);
      }
    }
  }

  private static List<Value> gradients(Ops ops, Value of, List<Value> inputs) {
    return Gradients.of(ops, ops.sum(ops.square(of)), inputs);
  }

  /** Sizes that no vector of a processor divides. */
  @Test
  void kernels_ofManySteps_makeTheNumbersOfTheParts() {
    for (RecurrenceForm form : RecurrentOpSamples.forms(13)) {
      List<INDArray> arrays = List.of(RecurrentOpSamples.inputs(form, 5, 8));
      Ops ops = new Ops();
      List<Value> inputs = new ArrayList<>();
      for (INDArray array : arrays) {
        inputs.add(ops.feed("in" + inputs.size(), TensorSpec.of(array.shape())));
      }
      Value sequence = ops.apply(new Recurrence(form), inputs).get(0);
      Map<String, Value> outputs = new LinkedHashMap<>();
      outputs.put("sequence", sequence);
      List<Value> gradients = gradients(ops, sequence, inputs);
      for (int i = 0; i < gradients.size(); i++) {
        outputs.put("gradient" + i, gradients.get(i));
      }
      OpGraph graph = ops.build(outputs);
      try (Plan kernels = new PlanEngine().prepare(graph);
          Plan parts = new PlanEngine(EngineOptions.defaults().without("onednn")).prepare(graph)) {
        for (Plan plan : List.of(kernels, parts)) {
          for (int i = 0; i < arrays.size(); i++) {
            plan.feed("in" + i, arrays.get(i).castTo(DataType.FLOAT));
          }
          plan.run(1, 1);
        }
        outputs
            .keySet()
            .forEach(
                name -> {
                  INDArray expected = parts.output(name);
                  INDArray difference = kernels.output(name).sub(expected);
                  assertThat(difference.normmaxNumber().doubleValue())
                      .as("%s of %s", name, form)
                      .isLessThanOrEqualTo(2e-5 * expected.normmaxNumber().doubleValue());
                });
      }
    }
  }

  /** Steps of samples that do not count change nothing, and nothing comes back through them. */
  @Test
  void mask_ofPaddedSequences_givesWhatShorterOnesGive() {
    RecurrentCell cell = new LongShortTermCell(2, Activations.tanh(), Activations.sigmoid());
    INDArray x = SampleArrays.normal(1, 1, 5, 8);
    INDArray kernel = SampleArrays.normal(2, 2, 8);
    Ops ops = new Ops();
    Value whole = ops.constant(x);
    RecurrentWeights weights = new RecurrentWeights(ops.constant(kernel), null);
    Value mask = ops.constant(Nd4j.create(new double[][] {{1, 1, 1, 0, 0}}));
    Value masked =
        RecurrentOps.run(ops, cell, whole, weights, List.of(), false, mask).states().get(0);
    Value cut =
        RecurrentOps.run(ops, cell, ops.slice(whole, 1, 0, 3), weights, List.of(), false, null)
            .states()
            .get(0);
    Value slope = Gradients.of(ops, ops.sum(masked), List.of(whole)).get(0);
    OpGraph graph = ops.build(Map.of("masked", masked, "cut", cut, "slope", slope));
    try (var program = new SameDiffEngine().prepare(graph)) {
      program.run(1, 1);
      assertThat(program.output("masked")).isEqualTo(program.output("cut"));
      double[] slopes = program.output("slope").dup().data().asDouble();
      assertThat(Arrays.stream(slopes, 24, 40)).allMatch(number -> number == 0);
      assertThat(slopes[0]).isNotZero();
    }
  }

  @Test
  void plan_ofManySteps_isAsSmallAsThatOfOne() {
    assertThat(kernels(400)).isLessThanOrEqualTo(kernels(2)).isLessThan(30);
  }

  private static int kernels(long time) {
    Ops ops = new Ops();
    RecurrentCell cell = new GatedCell(4, Activations.tanh(), Activations.sigmoid(), true);
    Value x = ops.feed("x", TensorSpec.of(2, time, 12));
    Value kernel = ops.feed("kernel", TensorSpec.of(4, 12));
    Value bias = ops.feed("bias", TensorSpec.of(12));
    Value sequence =
        RecurrentOps.run(ops, cell, x, new RecurrentWeights(kernel, bias), List.of(), false, null)
            .sequence();
    List<Value> slopes = gradients(ops, sequence, List.of(x, kernel, bias));
    OpGraph graph =
        ops.build(Map.of("x", slopes.get(0), "kernel", slopes.get(1), "bias", slopes.get(2)));
    try (Plan plan = new PlanEngine().prepare(graph)) {
      PlanProfile profile = plan.describe();
      assertThat(profile.toString()).contains("recurrence_gradient");
      return graph.calls().size();
    }
  }

  @Test
  void otherFunctions_goThroughTheParts() {
    RecurrentCell cell = new SimpleCell(2, Activations.softplus());
    RecurrenceForm form = new RecurrenceForm(cell, false, false, false, false);
    List<INDArray> inputs = List.of(RecurrentOpSamples.inputs(form));

    GradientCheck.of((ops, values) -> outputs(ops, form, values, true), inputs).firstOrder();
  }

  @Test
  void inputs_thatDoNotFit_areRefused() {
    Ops ops = new Ops();
    RecurrentCell cell = new SimpleCell(3, Activations.tanh());
    RecurrentWeights weights = new RecurrentWeights(ops.feed("kernel", TensorSpec.of(3, 3)), null);

    assertThatThrownBy(
            () ->
                RecurrentOps.run(
                    ops,
                    cell,
                    ops.feed("x", TensorSpec.of(2, 4, 5)),
                    weights,
                    List.of(),
                    false,
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("recurrence of")
        .hasMessageContaining("(2, 4, 5)");
    assertThatThrownBy(() -> new RecurrenceForm(cell, false, true, false, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no bias");
  }
}
