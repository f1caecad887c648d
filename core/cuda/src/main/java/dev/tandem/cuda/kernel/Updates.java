package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.update.AdamUpdate;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Fusion;
import dev.tandem.cuda.text.KernelText;
import dev.tandem.cuda.text.Made;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps of optimizers: one kernel that reads each element of weight, gradient and averages once,
 * with the elementwise ops before it, and writes in place. Steps of many weights become one launch
 * by {@link CommandGroups}.
 */
final class Updates implements CudaChoice {

  private final Fusion fusion;
  private final ImmutableList<Value> inputs;
  private final KernelText kernel;

  private Updates(OpCall call, AdamUpdate adam, UseCounts uses) {
    CType type = Objects.requireNonNull(CType.of(call.outputs().get(0).dtype()));
    this.fusion = new Fusion(uses);
    String w = fusion.element(call.inputs().get(0), call, "i");
    String g = fusion.element(call.inputs().get(1), call, "i");
    String m = fusion.element(call.inputs().get(2), call, "i");
    String v = fusion.element(call.inputs().get(3), call, "i");
    String alpha = fusion.element(call.inputs().get(4), call, "0");
    String mean = fusion.local(type, average(type, adam.beta1(), m, g));
    String square = fusion.local(type, average(type, adam.beta2(), v, "(" + g + " * " + g + ")"));
    String root =
        String.format(
            Locale.ROOT, "(%s(%s) + %s)", type.function("sqrt"), square, epsilon(type, adam));
    String moved = fusion.local(type, w + " - " + mean + " * " + alpha + " / " + root);
    this.inputs = ImmutableList.copyOf(fusion.inputs());
    StringBuilder element = new StringBuilder(fusion.take());
    List<String> outputs = List.of(moved, mean, square);
    ImmutableList.Builder<String> parameters = ImmutableList.builder();
    // outputs lie where inputs lie, so inputs are not said to be apart
    fusion.types().forEach(p -> parameters.add(p.replace("__restrict__ ", "")));
    for (int i = 0; i < outputs.size(); i++) {
      element
          .append("    ")
          .append(Made.store("p" + (inputs.size() + i), "i", outputs.get(i)))
          .append("\n");
      parameters.add(type.output());
    }
    long length = call.outputs().get(0).shape().length();
    this.kernel =
        KernelText.over(call.op().opName(), parameters.build(), element.toString(), length);
  }

  private static String epsilon(CType type, AdamUpdate adam) {
    return type.number(adam.epsilon());
  }

  private static String average(CType type, double stays, String average, String next) {
    return String.format(
        Locale.ROOT,
        "%s * %s + %s * %s",
        average,
        type.number(stays),
        next,
        type.number(1 - stays));
  }

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    return call.op() instanceof AdamUpdate adam && CType.of(call.outputs().get(0).dtype()) != null
        ? new Updates(call, adam, uses)
        : null;
  }

  @Override
  public List<Value> inputs(OpCall call) {
    return inputs;
  }

  @Override
  public boolean mayShare(int output, int input) {
    return fusion.readsInPlace(input);
  }

  @Override
  public List<Command> commands(Places places) {
    ImmutableList<Long> addresses =
        ImmutableList.<Long>builder().addAll(places.inputs()).addAll(places.outputs()).build();
    return List.of(
        new Command.Launch(kernel, addresses, Launches.lengths(inputs, places.call().outputs())));
  }
}
