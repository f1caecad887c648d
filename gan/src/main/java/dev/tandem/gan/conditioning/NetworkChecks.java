package dev.tandem.gan.conditioning;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.buffer.DataType;

/** Checks that a generator from a latent and a discriminator fit each other. */
final class NetworkChecks {

  private NetworkChecks() {}

  /**
   * Checks both.
   *
   * @param generatorInputs 1, or 2 with a label
   * @param discriminatorInputs 1, or 2 with a label
   */
  static void check(
      Networks networks, Conditioning conditioning, int generatorInputs, int discriminatorInputs) {
    Model generator = networks.generator();
    Model discriminator = networks.discriminator();
    requireInputs(generator, "the latent", conditioning, generatorInputs);
    requireInputs(discriminator, "a sample", conditioning, discriminatorInputs);
    boolean tells = generatorInputs > discriminatorInputs;
    requireOutputs(discriminator, conditioning, tells);
    requireLatent(networks);
    requireJudging(networks);
    requireScore(discriminator);
  }

  private static void requireLatent(Networks networks) {
    TensorSpec noise = networks.generator().graph().inputs().get(0).spec();
    if (!noise.shape().sample().equals(networks.latent().shape())) {
      throw new IllegalArgumentException(
          networks.generator()
              + " expects a latent (batch, …) like "
              + noise
              + ", got "
              + networks.latent()
              + "; give a latent of shape "
              + noise.shape().sample());
    }
  }

  private static void requireJudging(Networks networks) {
    TensorSpec made = networks.generator().output().spec();
    TensorSpec judged = networks.discriminator().graph().inputs().get(0).spec();
    TensorSpec packed = made.withShape(packed(made.shape(), networks.packing()));
    if (!judged.equals(packed)) {
      throw new IllegalArgumentException(
          networks.discriminator()
              + " judges "
              + judged
              + ", and "
              + networks.generator()
              + " makes "
              + made
              + (networks.packing() > 1 ? ", packed by " + networks.packing() + " " + packed : "")
              + "; make the discriminator's input like that");
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

  private static void requireOutputs(
      Model discriminator, Conditioning conditioning, boolean tells) {
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
      Model net, String first, Conditioning conditioning, int expected) {
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
                + "; make it Input.of(\"label\", Shape.scalar(), DataType.INT32)");
      }
    }
  }

  private static Shape packed(Shape sample, int packing) {
    int last = sample.rank() - 1;
    return sample.with(last, sample.size(last) * packing);
  }
}
