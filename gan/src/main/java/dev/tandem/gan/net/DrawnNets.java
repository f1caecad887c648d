package dev.tandem.gan.net;

import com.google.common.collect.MapMaker;
import dev.tandem.core.model.Model;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

/** The designs of nets, as long as the nets live. */
final class DrawnNets {

  private static final ConcurrentMap<Model, NetDesign> DESIGNS =
      new MapMaker().weakKeys().makeMap();

  private DrawnNets() {}

  static void note(Model net, NetDesign design) {
    DESIGNS.put(net, design);
  }

  static Optional<NetDesign> design(Model net) {
    return Optional.ofNullable(DESIGNS.get(net));
  }
}
