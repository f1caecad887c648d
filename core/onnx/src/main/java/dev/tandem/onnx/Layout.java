package dev.tandem.onnx;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** The order of the axes of images: (batch, height, width, channels) here. */
enum Layout {
  /** Channels last, as in Tandem; all other ranks are in this one too. */
  LAST(0, 1, 2, 3),
  /** Channels first, as ONNX's ops on images want them. */
  FIRST(0, 3, 1, 2);

  private final ImmutableList<Integer> axes;

  Layout(Integer... axes) {
    this.axes = ImmutableList.copyOf(axes);
  }

  /** For each axis in this layout which one it is in {@link #LAST}. */
  ImmutableList<Integer> axes() {
    return axes;
  }

  /** Where an axis of {@link #LAST} stands in this layout. */
  int axis(int last) {
    return this == LAST ? last : axes.indexOf(last);
  }

  /** Numbers for the axes of {@link #LAST}, in the order of this layout. */
  <T> List<T> order(List<T> last) {
    return this == LAST ? last : axes.stream().map(last::get).toList();
  }

  /** The permutation from the other layout to this one. */
  List<Integer> fromOther() {
    return this == FIRST ? axes : ImmutableList.of(0, 2, 3, 1);
  }
}
