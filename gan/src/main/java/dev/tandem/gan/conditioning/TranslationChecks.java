package dev.tandem.gan.conditioning;

import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.gan.latent.Latent;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks of networks that make samples of samples. */
final class TranslationChecks {

  private TranslationChecks() {}

  static void requireNoLatent(Networks networks, Conditioning conditioning) {
    if (!networks.latent().equals(Latent.none())) {
      throw new IllegalArgumentException(
          "with "
              + conditioning
              + " the generator starts from samples of the data, not from "
              + networks.latent()
              + "; give Latent.none()");
    }
  }

  /** A generator from sources to samples, and a discriminator of both. */
  static void translation(Direction nets) {
    requireOneToOne(nets.generator());
    requireOneToOne(nets.discriminator());
    TensorSpec from = nets.from();
    TensorSpec to = nets.to();
    int rank = to.shape().rank();
    if (from.dtype() != to.dtype()
        || from.shape().rank() != rank
        || !from.shape().without(-1).equals(to.shape().without(-1))) {
      throw new IllegalArgumentException(
          nets.generator()
              + " makes "
              + to
              + " of "
              + from
              + ", and the discriminator sees both, one before the other along the last axis; make"
              + " types and all other axes equal");
    }
    Shape both = to.shape().with(rank - 1, from.shape().size(-1) + to.shape().size(-1));
    requireJudging(nets, to.withShape(both), ", which it sees behind their sources as ");
  }

  /** Two generators there and back, and a discriminator of what each makes. */
  static void cycle(Direction forth, Direction back, Cycle cycle) {
    Set<String> names = new HashSet<>();
    for (Model net : nets(forth, back)) {
      requireOneToOne(net);
      if (!names.add(net.name())) {
        throw new IllegalArgumentException(
            "two nets of a cycle are named \""
                + net.name()
                + "\"; give each a name of its own, by which files tell their weights apart");
      }
    }
    if (!forth.to().equals(back.from()) || !back.to().equals(forth.from())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s leads from %s to %s, and %s from %s to %s, which is not the way back; make it so"
                  + " that it is",
              forth.generator(),
              forth.from(),
              forth.to(),
              back.generator(),
              back.from(),
              back.to()));
    }
    requireJudging(forth, forth.to(), ", which is ");
    requireJudging(back, back.to(), ", which is ");
    if (cycle.identity() > 0 && !forth.from().equals(forth.to())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an identity loss of weight %s shows each generator samples of the domain that it"
                  + " leads to, and the domains differ: %s and %s; make that weight 0",
              cycle.identity(),
              forth.from(),
              forth.to()));
    }
  }

  static List<Model> nets(Direction forth, Direction back) {
    return List.of(
        forth.generator(), back.generator(), forth.discriminator(), back.discriminator());
  }

  private static void requireOneToOne(Model net) {
    int inputs = net.graph().inputs().size();
    int outputs = net.graph().outputs().size();
    if (inputs != 1 || outputs != 1) {
      throw new IllegalArgumentException(
          net
              + " has inputs "
              + net.inputs().keySet()
              + " and outputs "
              + net.outputs().keySet()
              + "; a net of a translation has one of each");
    }
  }

  private static void requireJudging(Direction nets, TensorSpec seen, String as) {
    TensorSpec judged = nets.discriminator().graph().inputs().get(0).spec();
    if (!judged.equals(seen)) {
      throw new IllegalArgumentException(
          nets.discriminator()
              + " judges "
              + judged
              + ", and not what "
              + nets.generator()
              + " makes"
              + as
              + seen
              + "; make the discriminator's input like that");
    }
    NetworkChecks.requireScore(nets.discriminator());
  }
}
