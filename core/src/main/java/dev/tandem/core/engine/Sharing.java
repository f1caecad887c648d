package dev.tandem.core.engine;

import java.util.List;

/** Lets outputs lie in the buffers of inputs that nobody needs afterwards. */
final class Sharing {

  private final Lifetimes lifetimes;

  private Sharing(Lifetimes lifetimes) {
    this.lifetimes = lifetimes;
  }

  static void apply(List<Task> ordered, Lifetimes lifetimes) {
    Sharing pass = new Sharing(lifetimes);
    for (int i = 0; i < ordered.size(); i++) {
      Task task = ordered.get(i);
      for (int output = 0; output < task.outputs().size(); output++) {
        pass.share(task, i, output);
      }
    }
  }

  private void share(Task task, int position, int output) {
    Buffer made = task.outputs().get(output).buffer();
    if (made.root() != made || made.home() != Buffer.Home.ARENA) {
      return;
    }
    for (int input = 0; input < task.inputs().size(); input++) {
      BufferView from = task.inputs().get(input);
      if (fits(from, made)
          && lifetimes.last(from.buffer()) == position
          && mayOverwrite(task, output, from.buffer().root())) {
        lifetimes.share(made, from.buffer());
        return;
      }
    }
  }

  private static boolean fits(BufferView from, Buffer made) {
    return from.buffer().home() == Buffer.Home.ARENA
        && from.isWhole()
        && from.buffer().dtype() == made.dtype()
        && from.buffer().root().length() == made.length();
  }

  /** Whether all that the task reads of a buffer may be overwritten, and no other output is. */
  private static boolean mayOverwrite(Task task, int output, Buffer root) {
    for (int i = 0; i < task.inputs().size(); i++) {
      BufferView input = task.inputs().get(i);
      if (input.buffer().root() == root
          && !(input.isWhole() && task.choice().mayShare(output, i))) {
        return false;
      }
    }
    for (int i = 0; i < task.outputs().size(); i++) {
      if (i != output && task.outputs().get(i).buffer().root() == root) {
        return false;
      }
    }
    return true;
  }
}
