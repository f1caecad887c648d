package dev.tandem.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * The native objects of kernel libraries that a thread makes while this scope is open; others, such
 * as those behind ND4J's arrays, have owners of their own. They live until the scope releases them,
 * so one may refer to another as long.
 */
final class LibraryPointers extends PointerScope {

  private static final String LIBRARIES = "org.bytedeco.dnnl.";

  private static final AtomicInteger LIVE = new AtomicInteger();

  private final List<Pointer> taken = new ArrayList<>();
  private boolean left;

  /** Opens the scope on this thread. */
  LibraryPointers() {
    extend();
  }

  /** Takes an object, or says by the exception that the next scope may have it. */
  @Override
  public PointerScope attach(Pointer pointer) {
    if (!pointer.getClass().getName().startsWith(LIBRARIES)) {
      throw new IllegalArgumentException(pointer + " is no object of a kernel library");
    }
    taken.add(pointer);
    LIVE.incrementAndGet();
    return super.attach(pointer);
  }

  /** Leaves the thread; the objects stay. */
  void leave() {
    if (!left) {
      left = true;
      close();
    }
  }

  /** Frees all objects, the last one first. */
  void release() {
    leave();
    close();
    taken.forEach(pointer -> LIVE.addAndGet(pointer.isNull() ? -1 : 0));
    taken.clear();
  }

  /** The objects of all scopes that were not freed yet. */
  static int live() {
    return LIVE.get();
  }
}
