package dev.tandem.core.data;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one of several readers: one of each group of as many as there are readers. Those
 * of others are not read.
 */
final class DealtCursor implements Cursor {

  private final Cursor all;
  private final Batching.Deal deal;
  private final int perEpoch;

  private DealtCursor(Cursor all, Batching.Deal deal, int perEpoch) {
    this.all = all;
    this.deal = deal;
    this.perEpoch = perEpoch;
  }

  /**
   * One reader's cursor.
   *
   * @param all the cursor of all batches, which knows how many an epoch has
   * @throws IllegalArgumentException if an epoch has no batch for each reader
   */
  static DealtCursor of(DataSource source, Cursor all, Batching.Deal deal) {
    int perEpoch = all.batchesPerEpoch().orElseThrow();
    if (perEpoch < deal.count()) {
      throw new IllegalArgumentException(
          "the "
              + source.name()
              + " has "
              + perEpoch
              + " batches an epoch, not one for each of "
              + deal.count()
              + " readers; make batches smaller, or take fewer");
    }
    DealtCursor dealt = new DealtCursor(all, deal, perEpoch);
    try {
      dealt.skipRest(all.newBuffer());
    } catch (Exception e) {
      throw new IllegalStateException("reading failed at " + all.position(), e);
    }
    return dealt;
  }

  /** Goes on to the next epoch where there is no batch for each reader. */
  private void skipRest(BatchBuffer buffer) throws Exception {
    int rest = perEpoch - all.position().batch();
    for (int i = 0; i < rest && rest < deal.count(); i++) {
      Callable<Batch> unread = all.next(buffer);
      Objects.requireNonNull(unread);
    }
  }

  @Override
  public BatchPosition position() {
    return all.position();
  }

  @Override
  public OptionalInt batchesPerEpoch() {
    return OptionalInt.of(perEpoch / deal.count());
  }

  @Override
  public BatchBuffer newBuffer() {
    return all.newBuffer();
  }

  @Override
  public Callable<Batch> next(BatchBuffer buffer) throws Exception {
    @Nullable Callable<Batch> mine = null;
    for (int reader = 0; reader < deal.count(); reader++) {
      Callable<Batch> one = all.next(buffer); // fills nothing before it is called
      if (reader == deal.rank()) {
        mine = one;
      }
    }
    skipRest(buffer);
    return Objects.requireNonNull(mine);
  }

  @Override
  public void close() {
    all.close();
  }
}
