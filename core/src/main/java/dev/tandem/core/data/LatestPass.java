package dev.tandem.core.data;

import com.google.common.collect.MapMaker;
import java.util.Iterator;
import java.util.concurrent.ConcurrentMap;

/**
 * A pass over an iterator that is reset for each. It ends with an error where another one has begun
 * meanwhile, as when several workers share the iterator: both would get some of the rows.
 */
final class LatestPass implements Iterator<Dataset> {

  /** The last pass that was begun over each iterator. */
  private static final ConcurrentMap<Object, Object> LATEST = new MapMaker().weakKeys().makeMap();

  private final Object iterator;
  private final Object pass = new Object();
  private final Iterator<Dataset> pieces;

  /**
   * Begins a pass.
   *
   * @param iterator that was reset
   * @param pieces what it gives
   */
  LatestPass(Object iterator, Iterator<Dataset> pieces) {
    this.iterator = iterator;
    this.pieces = pieces;
    LATEST.put(iterator, pass);
  }

  @Override
  public boolean hasNext() {
    requireLatest();
    return pieces.hasNext();
  }

  @Override
  public Dataset next() {
    requireLatest();
    return pieces.next();
  }

  private void requireLatest() {
    if (LATEST.get(iterator) != pass) {
      throw new IllegalStateException(
          "a "
              + iterator.getClass().getSimpleName()
              + " was reset for another reader before this one had come to its end, so that each"
              + " would get some of its rows; give each worker, and validation data, an iterator of"
              + " its own");
    }
  }
}
