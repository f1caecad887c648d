package dev.tandem.core.data;

/** The batches of a data set, with the order of the epoch that was read last. */
final class RowBatchSource implements BatchSource {

  private final Dataset data;
  private final Batching batching;
  private final Epochs epochs;
  private final int[] order;
  private int orderedEpoch = -1;

  RowBatchSource(Dataset data, Batching batching) {
    this.data = data;
    this.batching = batching;
    data.requireReadable();
    this.epochs = new Epochs(data.size(), batching);
    this.order = new int[data.size()];
    RowOrder.identity(order);
  }

  @Override
  public Epochs epochs() {
    return epochs;
  }

  @Override
  public BatchBuffer newBuffer() {
    return new BatchBuffer(data, batching.size(), epochs.remainder());
  }

  @Override
  public Batch fill(BatchBuffer buffer, BatchPosition position) {
    if (position.epoch() != orderedEpoch) {
      batching.shuffleSeed().ifPresent(seed -> RowOrder.shuffle(order, seed, position.epoch()));
      orderedEpoch = position.epoch();
    }
    return buffer.fill(order, epochs.firstRow(position), epochs.size(position), position);
  }
}
