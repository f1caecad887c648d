package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.gan.conditioning.InputNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A generator with words for its inputs and its output, over the same weights. */
final class NamedGenerator {

  private static final String NOISE = "noise";
  private static final String IMAGE = "image";
  private static final String SAMPLE = "sample";

  private NamedGenerator() {}

  /**
   * A model of a generator.
   *
   * @param net one part of a generator
   * @param translates whether it starts from samples
   */
  static Model of(Model net, boolean translates) {
    ImmutableList<SymbolicTensor> given = ImmutableList.copyOf(net.graph().inputs());
    List<Input> inputs = new ArrayList<>();
    for (SymbolicTensor one : given) {
      String first = translates ? InputNames.SOURCE : NOISE;
      String name = inputs.isEmpty() ? first : InputNames.LABEL;
      inputs.add(Input.of(name, one.spec().shape().sample(), one.spec().dtype()));
    }
    SymbolicTensor made = net.apply(inputs.toArray(SymbolicTensor[]::new));
    String output = made.spec().shape().rank() == 4 ? IMAGE : SAMPLE;
    long[] sizes = made.spec().shape().sample().toArray();
    int[] same = LongStream.of(sizes).mapToInt(Math::toIntExact).toArray();
    SymbolicTensor named = Reshape.of(same).named(output).apply(made);
    return Model.of("generator", inputs, List.of(named));
  }
}
