package dev.tandem.core.data;

import java.util.Iterator;
import java.util.stream.Stream;

/** The elements of a stream, which is closed with the iterator. */
final class ClosingIterator implements Iterator<Dataset>, AutoCloseable {

  private final Stream<Dataset> stream;
  private final Iterator<Dataset> elements;

  ClosingIterator(Stream<Dataset> stream) {
    this.stream = stream;
    this.elements = stream.iterator();
  }

  @Override
  public boolean hasNext() {
    return elements.hasNext();
  }

  @Override
  public Dataset next() {
    return elements.next();
  }

  @Override
  public void close() {
    stream.close();
  }

  /** Closes an iterator that can be closed. */
  static void close(Iterator<?> elements) {
    if (elements instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("the end of a sequence could not be closed", e);
      }
    }
  }
}
