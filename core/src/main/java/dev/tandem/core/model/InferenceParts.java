package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Layer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Layers whose calls run as in inference in a trainer's steps too, wherever the model calls them:
 * batch normalization takes its moving statistics and leaves them, dropout and noise do nothing,
 * and no other state of theirs moves. Which parameters move is not its business.
 *
 * @param parts as they were named
 * @param layers they themselves, or those in them, with what these wrap
 */
public record InferenceParts(ImmutableList<Operation> parts, ImmutableSet<Layer> layers) {

  /** No part. */
  public static final InferenceParts NONE =
      new InferenceParts(ImmutableList.of(), ImmutableSet.of());

  /**
   * These parts more.
   *
   * @param added layers, and models, which stand for all layers in them
   * @throws IllegalArgumentException if there is none
   */
  public InferenceParts and(Operation... added) {
    if (added.length == 0) {
      throw new IllegalArgumentException("inference() names nothing; name a layer or a model");
    }
    Set<Layer> all = new LinkedHashSet<>(layers);
    for (Operation part : added) {
      all.addAll(layers(part));
    }
    return new InferenceParts(
        ImmutableList.<Operation>builder().addAll(parts).add(added).build(),
        ImmutableSet.copyOf(all));
  }

  private static Set<Layer> layers(Operation part) {
    Set<Layer> layers = new LinkedHashSet<>();
    ModelWalk.visit(
        part,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Layer layer, CallSite site) {
            return layers.add(layer);
          }
        });
    return layers;
  }

  /**
   * Refuses models for which they were certainly not meant.
   *
   * @throws IllegalArgumentException if the model calls nothing of a part
   */
  void requireIn(Model model) {
    if (parts.isEmpty()) {
      return;
    }
    Set<Layer> called = layers(model);
    for (Operation part : parts) {
      if (layers(part).stream().noneMatch(called::contains)) {
        throw new IllegalArgumentException(
            model
                + " calls no layer of "
                + label(part)
                + ", which inference(...) names; it calls "
                + ModelQueries.names(model));
      }
    }
  }

  private static String label(Operation part) {
    return part.typeName() + " \"" + part.name() + "\"";
  }
}
