package dev.tandem.cuda.text;

import dev.tandem.core.op.Axes;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the elements lie that belong to one output of a reduction, as text: kept and reduced axes
 * may take turns in any way.
 */
public final class ReducedIndex {

  /** Neighboring axes that are all kept or all reduced. */
  private record Stretch(boolean reduced, long size, long step) {}

  private final List<Stretch> stretches = new ArrayList<>();
  private final long outputs;
  private final long reduced;
  private final CType type;

  /** The places in a tensor of this shape. */
  public ReducedIndex(Shape shape, Axes axes) {
    long step = 1;
    long keptAll = 1;
    long reducedAll = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      long size = shape.size(axis);
      boolean gone = axes.list().contains(axis);
      keptAll *= gone ? 1 : size;
      reducedAll *= gone ? size : 1;
      if (size != 1) {
        add(gone, size, step);
      }
      step *= size;
    }
    this.outputs = keptAll;
    this.reduced = reducedAll;
    this.type = indexType(step);
  }

  private void add(boolean gone, long size, long step) {
    if (!stretches.isEmpty() && stretches.get(0).reduced() == gone) {
      Stretch last = stretches.remove(0);
      stretches.add(0, new Stretch(gone, last.size() * size, last.step()));
    } else {
      stretches.add(0, new Stretch(gone, size, step));
    }
  }

  /** The type that counts so many elements, and some more. */
  public static CType indexType(long length) {
    return length < Integer.MAX_VALUE - (1 << 24) ? CType.INT : CType.LONG;
  }

  /** How many outputs there are. */
  public long outputs() {
    return outputs;
  }

  /** How many elements belong to each. */
  public long reduced() {
    return reduced;
  }

  /** The type of indices. */
  public CType type() {
    return type;
  }

  /** How many neighbors in memory belong to one output. */
  public long run() {
    return stretches.isEmpty() ? 1 : last(true);
  }

  /** How many neighbors in memory belong to neighboring outputs. */
  public long width() {
    return stretches.isEmpty() ? 1 : last(false);
  }

  private long last(boolean gone) {
    Stretch last = stretches.get(stretches.size() - 1);
    return last.reduced() == gone ? last.size() : 1;
  }

  /** The index of an element, from that of its output and its own number there. */
  public String at(String output, String number) {
    if (outputs == 0 || reduced == 0) {
      return "0";
    }
    String kept = sum(false, output);
    String gone = sum(true, number);
    if (kept.isEmpty() || gone.isEmpty()) {
      String one = kept + gone;
      return one.isEmpty() ? "0" : one;
    }
    return kept + " + " + gone;
  }

  private String sum(boolean gone, String index) {
    List<Stretch> own = stretches.stream().filter(s -> s.reduced() == gone).toList();
    StringBuilder text = new StringBuilder();
    long behind = gone ? reduced : outputs;
    for (int i = 0; i < own.size(); i++) {
      Stretch stretch = own.get(i);
      behind /= Math.max(1, stretch.size());
      String part = behind == 1 ? index : "(" + index + " / " + behind + ")";
      part = i == 0 ? part : "(" + part + " % " + stretch.size() + ")";
      text.append(i == 0 ? "" : " + ").append(part);
      text.append(stretch.step() == 1 ? "" : " * " + stretch.step());
    }
    return text.toString();
  }
}
