package dev.tandem.core.engine;

import com.google.common.collect.Maps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From which task to which the content of each arena buffer matters, both included. */
final class Lifetimes {

  /**
   * A lifetime.
   *
   * @param first the position of the task that writes first
   * @param last the position of the task that uses it last
   */
  record Span(int first, int last) {

    Span with(int position) {
      return new Span(Math.min(first, position), Math.max(last, position));
    }

    boolean meets(Span other) {
      return first <= other.last && other.first <= last;
    }
  }

  private final Map<Buffer, Span> spans = new LinkedHashMap<>();

  Lifetimes(List<Task> ordered) {
    for (int i = 0; i < ordered.size(); i++) {
      Task task = ordered.get(i);
      int position = i;
      task.inputs().forEach(region -> use(region.buffer(), position));
      task.outputs().forEach(region -> use(region.buffer(), position));
      task.scratch().forEach(buffer -> use(buffer, position));
    }
  }

  private void use(Buffer buffer, int position) {
    if (buffer.home() == Buffer.Home.ARENA) {
      spans.merge(buffer.root(), new Span(position, position), (a, b) -> a.with(position));
    }
  }

  /** The lifetimes of all buffers that lie in the arena and in no other buffer. */
  Map<Buffer, Span> spans() {
    return spans;
  }

  /** The same buffers, as if each were needed in the whole run. */
  Map<Buffer, Span> wholeRuns() {
    return Maps.transformValues(spans, span -> new Span(0, Integer.MAX_VALUE));
  }

  /** Lets a buffer lie in another one whose life it prolongs. */
  void share(Buffer buffer, Buffer host) {
    Span span = spans.remove(buffer);
    buffer.shareWith(host);
    spans.compute(host.root(), (root, own) -> own.with(span.first()).with(span.last()));
  }

  /** Where a buffer is used last. */
  int last(Buffer buffer) {
    return spans.get(buffer.root()).last();
  }
}
