package dev.tandem.examples.gan;

import dev.tandem.core.op.Engine;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.train.AdversarialTrainer;
import java.io.PrintWriter;

/** What a run would be: its block, its settings, its nets. Steps are compiled and not run. */
final class DryRun {

  private DryRun() {}

  static void print(PlannedRun run, Engine engine, PrintWriter out) {
    new StartBlock(run).lines().forEach(out::println);
    try (AdversarialTrainer trainer = run.data().start(run.recipe().engine(engine))) {
      out.println(StartBlock.memory(trainer.prepare()));
    }
    out.println();
    out.print(run.config().text());
    out.println();
    for (Direction direction : run.recipe().pair().directions()) {
      out.println(direction.generator().summary().toString().stripTrailing());
      out.println();
      out.println(direction.discriminator().summary().toString().stripTrailing());
      out.println();
    }
    out.println("A dry run: nothing was trained, nothing was written.");
  }
}
