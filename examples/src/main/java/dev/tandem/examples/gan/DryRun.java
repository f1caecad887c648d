package dev.tandem.examples.gan;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.train.AdversarialTraining;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a run would be.
 *
 * @param data that it would learn from
 * @param config all of its settings
 * @param recipe that these give
 */
record DryRun(GanData data, Config config, AdversarialTraining recipe) {

  /** Prints data, settings and nets. */
  void print(PrintWriter out) {
    out.println(data.summary());
    data.domains().ifPresent(domains -> out.println("translated  " + domains));
    out.println();
    out.print(config.text());
    out.println();
    for (Direction direction : recipe.pair().directions()) {
      net(out, direction.generator());
      net(out, direction.discriminator());
    }
    out.println("A dry run: nothing was trained, nothing was written.");
  }

  private static void net(PrintWriter out, Model net) {
    List<Weight> weights = net.weights();
    out.printf(
        Locale.ROOT,
        "%s: %s to %s, %,d weights in %d arrays%n",
        net.name(),
        net.inputs().values().stream()
            .map(input -> input.spec().shape().sample())
            .map(Shape::toString)
            .collect(Collectors.joining(" and ")),
        net.outputs().values().stream()
            .map(output -> output.spec().shape().sample())
            .map(Shape::toString)
            .collect(Collectors.joining(" and ")),
        weights.stream().mapToLong(weight -> weight.shape().length()).sum(),
        weights.size());
    out.println(net.summary().toString().stripTrailing());
    out.println();
  }
}
