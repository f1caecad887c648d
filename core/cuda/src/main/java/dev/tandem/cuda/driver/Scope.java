package dev.tandem.cuda.driver;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;

/** What has to be given back together, the last first. */
final class Scope implements AutoCloseable {

  private final Deque<Runnable> all = new ArrayDeque<>();

  /** Lets a pointer's memory go on close. */
  <P extends Pointer> P add(P pointer) {
    all.push(pointer::close);
    return pointer;
  }

  /** Lets something be done on close. */
  void onClose(Runnable action) {
    all.push(action);
  }

  @Override
  public void close() {
    while (!all.isEmpty()) {
      all.pop().run();
    }
  }
}
