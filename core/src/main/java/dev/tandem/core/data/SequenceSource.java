package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Data in the order in which something gives it, piece by piece: an {@link Iterable}, streams, an
 * iterator of ND4J. A piece is a {@link Dataset} of any number of rows, read once and copied; rows
 * of one or several pieces become a batch as the {@link Batching} says, which has no say in their
 * order.
 *
 * <p>An epoch is one pass. What can be opened again is opened anew for each epoch; a resumed run
 * skips forward to its place, so that its batches are the same if each pass gives the same rows.
 * What can be {@linkplain #once read once} ends with its last row: a second epoch and a resumed run
 * are refused.
 */
public final class SequenceSource implements DataSource {

  /** Gives the pieces of one pass. */
  @FunctionalInterface
  interface Opening {

    /** A new pass, to be closed at its end if it is {@link AutoCloseable}. */
    Iterator<Dataset> open();
  }

  private final String name;
  private final Opening opening;
  private final boolean once;
  private final ImmutableList<Column> stored;
  private final ImmutableList<Column> columns;
  private final int workers;

  private SequenceSource(
      String name,
      Opening opening,
      boolean once,
      ImmutableList<Column> stored,
      ImmutableList<Column> columns,
      int workers) {
    this.name = name;
    this.opening = opening;
    this.once = once;
    this.stored = stored;
    this.columns = columns;
    this.workers = workers;
  }

  /**
   * Pieces that can be iterated over again and again, the same ones each time if runs are to be
   * resumed.
   *
   * @throws IllegalArgumentException if there is no piece
   */
  public static SequenceSource of(Iterable<Dataset> pieces) {
    return repeated("sequence", pieces::iterator);
  }

  /**
   * Streams of pieces, a new one for each epoch; each is closed at its end.
   *
   * @throws IllegalArgumentException if the first one has no piece
   */
  public static SequenceSource streams(Supplier<Stream<Dataset>> streams) {
    return repeated("stream", () -> new ClosingIterator(streams.get()));
  }

  /**
   * Pieces that can be read once: one epoch, which cannot be resumed.
   *
   * @throws IllegalArgumentException if there is no piece
   */
  public static SequenceSource once(Iterator<Dataset> pieces) {
    PeekingIterator<Dataset> kept = Iterators.peekingIterator(pieces);
    ImmutableList<Column> columns = first("sequence", kept);
    return new SequenceSource("sequence", new OnceOpening(kept), true, columns, columns, 1);
  }

  /**
   * A stream of pieces, for one epoch, which cannot be resumed; it is closed at its end.
   *
   * @throws IllegalArgumentException if there is no piece
   */
  public static SequenceSource once(Stream<Dataset> pieces) {
    return once(new ClosingIterator(pieces));
  }

  /**
   * The pieces of an iterator of ND4J or DL4J, which is reset for each epoch. Its features are the
   * input {@code features}, its labels, if there are some, the target {@code labels}.
   *
   * @throws IllegalArgumentException if there is no piece, or one with masks
   */
  public static SequenceSource of(DataSetIterator iterator) {
    return iterator.resetSupported()
        ? repeated("DataSetIterator", () -> Nd4jPieces.reset(iterator))
        : once(Nd4jPieces.of(iterator));
  }

  /**
   * The pieces of an iterator of ND4J or DL4J with several arrays, which is reset for each epoch.
   * Its features are the inputs {@code features0}, {@code features1} and so on, its labels the
   * targets {@code labels0} and so on; what there is one of has no number.
   *
   * @throws IllegalArgumentException if there is no piece, or one with masks
   */
  public static SequenceSource of(MultiDataSetIterator iterator) {
    return iterator.resetSupported()
        ? repeated("MultiDataSetIterator", () -> Nd4jPieces.reset(iterator))
        : once(Nd4jPieces.of(iterator));
  }

  private static SequenceSource repeated(String name, Opening opening) {
    Iterator<Dataset> pieces = opening.open();
    try {
      ImmutableList<Column> columns = first(name, Iterators.peekingIterator(pieces));
      return new SequenceSource(name, opening, false, columns, columns, 1);
    } finally {
      ClosingIterator.close(pieces);
    }
  }

  private static ImmutableList<Column> first(String name, PeekingIterator<Dataset> pieces) {
    if (!pieces.hasNext()) {
      throw new IllegalArgumentException(
          "the " + name + " gives no rows; look at what it reads, or whether it was read before");
    }
    return Objects.requireNonNull(pieces.peek()).columns();
  }

  /** Whether it can be read once only. */
  public boolean isOnce() {
    return once;
  }

  Opening opening() {
    return opening;
  }

  /** The columns as pieces have them. */
  ImmutableList<Column> stored() {
    return stored;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImmutableList<Column> columns() {
    return columns;
  }

  @Override
  public OptionalInt rows() {
    return OptionalInt.empty();
  }

  /** {@inheritDoc} What can be read once is not looked at. */
  @Override
  public Dataset take(int count) {
    if (once) {
      throw new IllegalStateException(
          "the " + name + " can be read once, and looking at its first rows would be that");
    }
    return DataSource.super.take(count);
  }

  @Override
  public int workers() {
    return workers;
  }

  @Override
  public SequenceSource withWorkers(int threads) {
    return new SequenceSource(
        name, opening, once, stored, columns, Columns.requireWorkers(threads));
  }

  @Override
  public SequenceSource with(UnaryOperator<Column> change) {
    return new SequenceSource(
        name, opening, once, stored, Columns.with(name, columns, change), workers);
  }

  @Override
  public SequenceSource with(String column, UnaryOperator<Column> change) {
    return with(Columns.only(name, columns, column, change));
  }

  /** An iterator that is handed out once. */
  private static final class OnceOpening implements Opening {

    private @Nullable Iterator<Dataset> pieces;

    OnceOpening(Iterator<Dataset> pieces) {
      this.pieces = pieces;
    }

    @Override
    public synchronized Iterator<Dataset> open() {
      Iterator<Dataset> only = pieces;
      if (only == null) {
        throw new IllegalStateException(
            "a sequence that can be read once was read already; give an Iterable, or a supplier of"
                + " streams, which can be opened again");
      }
      pieces = null;
      return only;
    }
  }
}
