package dev.tandem.examples.freezing;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.op.Engine;
import dev.tandem.examples.cli.AppCommand;
import dev.tandem.examples.cli.DeviceOption;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what steps move under frozen models, frozen layers and selections. */
@Command(
    name = "freezing",
    mixinStandardHelpOptions = true,
    description = "Freeze a model, a layer, or select with only(...): see what each step moves.",
    footer = {
      "",
      "Two tables of models so small that every number can be checked by hand, and what other"
          + " frameworks make of them. Takes a few seconds."
    })
public final class FreezingCommand extends AppCommand {

  private static final String HEADS =
      """
      Two models over one layer: m1 = A(S(x)), m2 = B(S(x)).
      x = 1 and its target is 1; squared error, descent at 0.1.
      Each case starts from S = 2, A = 3, B = -1.
      """;

  private static final String GAN =
      """

      A GAN of two numbers: G is g * z, D is d * x, G+D calls one after the other.
      D learns real 1 -> 1 and fake g -> 0, G+D learns z = 1 -> 1.
      Each case starts from g = 0.5, d = 2.
      """;

  private static final String ELSEWHERE =
      """

      What it shows:
        A frozen model (21) stands still in its own step alone: m2 still moves S.
        A frozen layer (22) stands still in every step.
        What moves is decided when a model is compiled: D, frozen afterwards, trains on (24), and
        toggling changes nothing (25); what is frozen after its compilation still moves (26).
        A selection (32) does the same for one trainer without any flag.

      Elsewhere:
        Keras 3   writes a model's flag into its layers: S stays 2 in 21, and D 2 in 24.
        tf.keras  writes it into the layers too: in 21 freezing m1 freezes the S of m2.
        DL4J      has no layer in two networks (its issue #7408, open since 2019): none of these
                  models can be drawn; users train copies and copy the weights after every step.
      """;

  @Mixin private DeviceOption device;

  @Override
  protected void run() {
    Backend.require();
    PrintWriter out = out();
    Engine engine = device.engine(out::println);
    out.println(HEADS);
    TwoHeads heads = TwoHeads.run(engine);
    Table.print(heads.recorder(), out);
    out.printf(Locale.ROOT, "%n%s%n", heads.afterwards());
    out.println(GAN);
    ScalarGan gan = ScalarGan.run(engine);
    Table.print(gan.recorder(), out);
    out.printf(Locale.ROOT, "%n%s%n", gan.afterwards());
    out.print(ELSEWHERE);
  }
}
