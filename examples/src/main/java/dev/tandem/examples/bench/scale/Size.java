package dev.tandem.examples.bench.scale;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/**
 * How large the nets are.
 *
 * @param batch samples of a step
 * @param width times {@link ScaledNets#FILTERS} filters; 4 is the width of dcgan28
 * @param depth convolutions on each size of image; 1 is the depth of dcgan28
 */
record Size(int batch, int width, int depth) {

  /** What the others are compared with. */
  static final Size BASE = new Size(64, 1, 1);

  private static final ImmutableList<Integer> BATCHES = ImmutableList.of(16, 32, 64, 128, 256, 512);
  private static final ImmutableList<Integer> WIDTHS = ImmutableList.of(1, 2, 4, 8);
  private static final ImmutableList<Integer> DEPTHS = ImmutableList.of(1, 2, 3, 4);

  /** Throws IllegalArgumentException if a number is below 1. */
  Size {
    if (Math.min(batch, Math.min(width, depth)) < 1) {
      throw new IllegalArgumentException(
          "a size is below 1: batch " + batch + ", width " + width + ", depth " + depth);
    }
  }

  /** Along each axis from the base, which comes first. */
  static ImmutableSet<Size> all() {
    ImmutableSet.Builder<Size> sizes = ImmutableSet.builder();
    sizes.add(BASE);
    BATCHES.forEach(batch -> sizes.add(new Size(batch, BASE.width(), BASE.depth())));
    WIDTHS.forEach(width -> sizes.add(new Size(BASE.batch(), width, BASE.depth())));
    DEPTHS.forEach(depth -> sizes.add(new Size(BASE.batch(), BASE.width(), depth)));
    return sizes.build();
  }

  /** In reports. */
  String label() {
    return "dcgan28-b" + batch + "-w" + width + "-d" + depth;
  }
}
