package dev.tandem.gan.pair;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Whether two nets fit each other and what they are given. */
final class PairChecks {

  private PairChecks() {}

  static void check(
      Model generator, Model discriminator, Latent latent, Conditioning conditioning, int packing) {
    if (generator == discriminator || generator.name().equals(discriminator.name())) {
      throw new IllegalArgumentException(
          "generator and discriminator are both named \""
              + generator.name()
              + "\"; give each a name of its own, by which files tell their weights apart");
    }
    if (conditioning.translates()) {
      requireNoLatent(latent, conditioning);
      checkTranslation(generator, discriminator, conditioning);
      return;
    }
    requireInputs(generator, "the latent", conditioning, conditioning.tellsGenerator());
    requireInputs(discriminator, "a sample", conditioning, conditioning.tellsDiscriminator());
    requireOutputs(discriminator, conditioning);
    TensorSpec noise = generator.graph().inputs().get(0).spec();
    if (!noise.shape().sample().equals(latent.shape())) {
      throw new IllegalArgumentException(
          generator
              + " expects a latent (batch, …) like "
              + noise
              + ", got "
              + latent
              + "; give a latent of shape "
              + noise.shape().sample());
    }
    TensorSpec made = generator.output().spec();
    TensorSpec judged = discriminator.graph().inputs().get(0).spec();
    TensorSpec packed = made.withShape(packed(made.shape(), packing));
    if (!judged.equals(packed)) {
      throw new IllegalArgumentException(
          discriminator
              + " judges "
              + judged
              + ", and "
              + generator
              + " makes "
              + made
              + (packing > 1 ? ", packed by " + packing + " " + packed : "")
              + "; draw the discriminator's input like that");
    }
    requireScore(discriminator);
  }

  private static void checkTranslation(
      Model generator, Model discriminator, Conditioning conditioning) {
    if (conditioning instanceof Conditioning.Cycle cycle) {
      List<Model> makers = Cycles.parts(generator);
      List<Model> judges = Cycles.parts(discriminator);
      TranslationChecks.cycle(
          new Direction(makers.get(0), judges.get(0)),
          new Direction(makers.get(1), judges.get(1)),
          cycle);
    } else {
      TranslationChecks.translation(new Direction(generator, discriminator));
    }
  }

  private static void requireNoLatent(Latent latent, Conditioning conditioning) {
    if (!latent.equals(Latent.none())) {
      throw new IllegalArgumentException(
          "with "
              + conditioning
              + " the generator starts from samples of the data, not from "
              + latent
              + "; give Latent.none()");
    }
  }

  static void requireScore(Model discriminator) {
    SymbolicTensor score = discriminator.graph().outputs().get(0);
    if (score.shape().rank() < 2) {
      throw new IllegalArgumentException(
          discriminator
              + " gives "
              + score.spec()
              + ", not a score (batch, 1) or a map of scores; end it with Dense.units(1)");
    }
  }

  private static void requireOutputs(Model discriminator, Conditioning conditioning) {
    boolean tells = conditioning instanceof Conditioning.Auxiliary;
    ImmutableList<SymbolicTensor> outputs = discriminator.graph().outputs();
    if (outputs.size() != (tells ? 2 : 1)) {
      throw new IllegalArgumentException(
          discriminator
              + " has "
              + outputs.size()
              + " outputs "
              + discriminator.outputs().keySet()
              + "; with "
              + conditioning
              + " it gives "
              + (tells ? "two: a score and class logits" : "one: a score"));
    }
    if (tells && !outputs.get(1).shape().sample().equals(Shape.of(conditioning.classes()))) {
      throw new IllegalArgumentException(
          discriminator
              + " gives "
              + outputs.get(1).spec()
              + ", not logits (batch, "
              + conditioning.classes()
              + ") for "
              + conditioning
              + "; make its second output Dense.units("
              + conditioning.classes()
              + ")");
    }
  }

  private static void requireInputs(
      Model net, String first, Conditioning conditioning, boolean told) {
    int expected = told ? 2 : 1;
    int found = net.graph().inputs().size();
    if (found != expected) {
      throw new IllegalArgumentException(
          net
              + " has "
              + found
              + " inputs "
              + net.inputs().keySet()
              + "; with "
              + conditioning
              + " it takes "
              + expected
              + ": "
              + first
              + (expected == 2 ? " and the label" : ""));
    }
    if (expected == 2) {
      SymbolicTensor label = net.graph().inputs().get(1);
      if (label.shape().rank() != 1 || label.spec().dtype() != DataType.INT32) {
        throw new IllegalArgumentException(
            net
                + " takes labels as int32 (batch), its second input is "
                + label.spec()
                + "; draw it as Input.of(\"label\", Shape.scalar(), DataType.INT32)");
      }
    }
  }

  private static Shape packed(Shape sample, int packing) {
    int last = sample.rank() - 1;
    return sample.with(last, sample.size(last) * packing);
  }
}
