package dev.tandem.gan.step;

import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Value;
import dev.tandem.core.optimizer.Schedule;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A number that steps read and that changes between them: a scalar state, so that no step is
 * compiled again and a checkpoint holds it. Called on any tensor it gives the number in that type.
 */
public final class ScheduledScalar extends Layer {

  private final @Nullable Schedule schedule;
  private @Nullable Weight value;

  /** A scalar that follows a schedule. */
  ScheduledScalar(String name, Schedule schedule) {
    super(name);
    this.schedule = schedule;
  }

  /** A scalar that begins at 0 and is moved by another layer. */
  ScheduledScalar(String name) {
    super(name);
    this.schedule = null;
  }

  /**
   * Sets the number to that of a step, if it follows a schedule.
   *
   * @param step of the discriminator, counted from 0
   * @throws IllegalStateException if the schedule gives no finite number for it
   */
  public void advanceTo(long step) {
    if (schedule == null) {
      return;
    }
    double next = schedule.at(step);
    if (!Double.isFinite(next)) {
      throw new IllegalStateException(
          "the schedule "
              + schedule
              + " of \""
              + name()
              + "\" gives no finite number for step "
              + step
              + " of the discriminator: "
              + next);
    }
    weight().variable().arrayToFill().assign(next);
  }

  /** Where the number is kept. */
  Weight weight() {
    return Optional.ofNullable(value).orElseThrow();
  }

  @Override
  protected Layer unbuilt(UnaryOperator<Layer> copies) {
    return schedule == null ? new ScheduledScalar(name()) : new ScheduledScalar(name(), schedule);
  }

  @Override
  protected void build(List<TensorSpec> inputs) {
    double first = schedule == null ? 0 : schedule.at(0);
    value = state("value", Shape.scalar(), inputs.get(0).dtype(), Initializers.constant(first));
  }

  @Override
  protected void checkAgain(List<TensorSpec> inputs) {
    if (inputs.get(0).dtype() != weight().spec().dtype()) {
      throw reject("has a " + weight().spec(), inputs.get(0), "use one type in all nets");
    }
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return List.of(inputs.get(0).withShape(Shape.scalar()));
  }

  @Override
  protected List<Value> forward(LayerCall forward, List<Value> inputs) {
    return List.of(forward.weight(weight()));
  }
}
