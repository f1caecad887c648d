package dev.tandem.gan.net;

import dev.tandem.core.model.Model;
import java.util.Optional;

/**
 * The numbers of a net, from which it can be drawn again: a record, such as {@link UNet}, which
 * files can hold if {@link NetTypes} knows it.
 */
public interface NetDesign {

  /**
   * A new net, which {@link #of} knows to be of this design.
   *
   * @param name of the net
   */
  Model build(String name);

  /**
   * A net drawn by this design: what {@link #build} has to give back, so that the design of the net
   * is known.
   *
   * @return the net itself
   */
  default Model drew(Model net) {
    DrawnNets.note(net, this);
    return net;
  }

  /** The design that a net was drawn by; empty if it was drawn otherwise. */
  static Optional<NetDesign> of(Model net) {
    return DrawnNets.design(net);
  }
}
