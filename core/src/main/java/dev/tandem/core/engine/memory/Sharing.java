package dev.tandem.core.engine.memory;

import dev.tandem.core.engine.task.Buffer;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Hosts;
import dev.tandem.core.engine.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The pass that lets outputs lie in the buffers of inputs that nobody needs afterwards. */
final class Sharing {

  private final Map<Buffer, Span> spans;
  private final Hosts.Builder hosts;

  private Sharing(List<Task> ordered, Hosts before) {
    this.spans = new HashMap<>(Lifetimes.of(ordered, before));
    this.hosts = before.toBuilder();
  }

  /** Who lies in whom after it, besides those before. */
  static Hosts of(List<Task> ordered, Hosts before) {
    Sharing pass = new Sharing(ordered, before);
    for (int i = 0; i < ordered.size(); i++) {
      Task task = ordered.get(i);
      for (int output = 0; output < task.outputs().size(); output++) {
        pass.share(task, i, output);
      }
    }
    return pass.hosts.build();
  }

  private void share(Task task, int position, int output) {
    Buffer made = task.outputs().get(output).buffer();
    if (hosts.root(made) != made || made.home() != Buffer.Home.ARENA) {
      return;
    }
    for (int input = 0; input < task.inputs().size(); input++) {
      BufferView from = task.inputs().get(input);
      if (fits(from, made)
          && Objects.requireNonNull(spans.get(hosts.root(from.buffer()))).last() == position
          && mayOverwrite(task, output, hosts.root(from.buffer()))) {
        hosts.put(made, from.buffer());
        spans.merge(hosts.root(made), spans.remove(made), Span::with);
        return;
      }
    }
  }

  private boolean fits(BufferView from, Buffer made) {
    Buffer root = hosts.root(from.buffer());
    return root.home() == Buffer.Home.ARENA
        && from.isWhole()
        && from.buffer().dtype() == made.dtype()
        && root.length() == made.length();
  }

  /** Whether all that the task reads of a buffer may be overwritten, and no other output is. */
  private boolean mayOverwrite(Task task, int output, Buffer root) {
    for (int i = 0; i < task.inputs().size(); i++) {
      BufferView input = task.inputs().get(i);
      if (hosts.root(input.buffer()) == root
          && !(input.isWhole() && task.choice().mayShare(output, i))) {
        return false;
      }
    }
    for (int i = 0; i < task.outputs().size(); i++) {
      if (i != output && hosts.root(task.outputs().get(i).buffer()) == root) {
        return false;
      }
    }
    return true;
  }
}
