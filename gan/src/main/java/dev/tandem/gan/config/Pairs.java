package dev.tandem.gan.config;

import dev.tandem.core.model.Model;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.net.NetDesign;
import dev.tandem.gan.net.NetTypes;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import java.util.Optional;

/** Pairs of nets by their settings, and the other way round. */
final class Pairs {

  private Pairs() {}

  /** A pair over new nets. */
  static AdversarialPair pair(Layout layout) {
    NetSettings nets = layout.nets();
    if (layout.conditioning() instanceof Cycle cycle) {
      return AdversarialPair.cyclic(
          new Direction(build(nets.forth(), "forth"), build(nets.judgeForth(), "judge_forth")),
          new Direction(build(nets.back(), "back"), build(nets.judgeBack(), "judge_back")),
          cycle);
    }
    return new AdversarialPair(
        build(nets.generator(), "generator"),
        build(nets.discriminator(), "discriminator"),
        layout.latent(),
        layout.conditioning(),
        layout.packing());
  }

  private static Model build(Optional<NetDesign> design, String name) {
    return design
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "nets lacks "
                        + name
                        + "; with a cycle there are forth, judge_forth, back and judge_back, else"
                        + " generator and discriminator"))
        .build(name);
  }

  /**
   * The designs of the nets of a pair.
   *
   * @throws ConfigException if one was drawn otherwise, or is called otherwise
   */
  static NetSettings nets(AdversarialPair pair) {
    if (!(pair.conditioning() instanceof Cycle)) {
      return new NetSettings(
          design(pair.generator(), "generator"),
          design(pair.discriminator(), "discriminator"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    List<Direction> directions = pair.directions();
    return new NetSettings(
        Optional.empty(),
        Optional.empty(),
        design(directions.get(0).generator(), "forth"),
        design(directions.get(0).discriminator(), "judge_forth"),
        design(directions.get(1).generator(), "back"),
        design(directions.get(1).discriminator(), "judge_back"));
  }

  private static Optional<NetDesign> design(Model net, String name) {
    Optional<NetDesign> design = NetDesign.of(net);
    if (design.isEmpty()) {
      throw new ConfigException(
          "nets."
              + name
              + " is \""
              + net.name()
              + "\", drawn in code, for which files have no form; take one of "
              + String.join(", ", NetTypes.all().keySet())
              + ", or make it a NetDesign and register that with NetTypes.register");
    }
    if (!net.name().equals(name)) {
      throw new ConfigException(
          "nets." + name + " is called \"" + net.name() + "\"; call it \"" + name + "\"");
    }
    return design;
  }
}
