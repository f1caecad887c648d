package dev.tandem.examples.gan;

import dev.tandem.core.model.Model;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The nets of a pair in a line each, with what they weigh. */
final class NetCounts {

  private NetCounts() {}

  static List<String> of(AdversarialPair pair) {
    List<String> lines = new ArrayList<>();
    for (Direction direction : pair.directions()) {
      lines.add(line(direction.generator()));
      lines.add(line(direction.discriminator()));
    }
    return lines;
  }

  /** As in {@code generator: 3,576,704 weights}. */
  private static String line(Model net) {
    long count = net.weights().stream().mapToLong(weight -> weight.shape().length()).sum();
    return String.format(Locale.ROOT, "%s: %,d weights", net.name(), count);
  }
}
