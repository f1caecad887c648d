package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Input;
import java.util.List;

/**
 * The parts of one step's graph that depend on the kind of conditioning.
 *
 * @param inputs all inputs that the step may take
 * @param all one branch for each direction
 */
public record Branches(ImmutableList<Input> inputs, ImmutableList<Branch> all) {

  static Branches one(List<Input> inputs, Branch branch) {
    return new Branches(ImmutableList.copyOf(inputs), ImmutableList.of(branch));
  }
}
