package dev.tandem.core.model;

import java.util.ArrayDeque;
import java.util.Deque;

/** The path of a walk over nested models: names of the entered ones, each with a slash behind. */
public final class ModelPath {

  private final StringBuilder path = new StringBuilder();
  private final Deque<Integer> lengths = new ArrayDeque<>();

  /** Adds a model; the first one, at which the walk begins, has no name in paths. */
  public void enter(Model model) {
    lengths.push(path.length());
    if (lengths.size() > 1) {
      path.append(model.name()).append('/');
    }
  }

  /** Takes the last model away. */
  public void leave() {
    path.setLength(lengths.pop());
  }

  /** The path of something by its name, as in {@code generator/dense}. */
  public String of(String name) {
    return path + name;
  }
}
