package dev.tandem.core.data;

/** Fills a batch at any position; used by one thread at a time. */
interface BatchSource {

  /** How positions follow each other. */
  Epochs epochs();

  /** New memory for one batch of any size that occurs. */
  BatchBuffer newBuffer();

  /** Copies the rows of a batch into a buffer; the batch lives in it until it is filled again. */
  Batch fill(BatchBuffer buffer, BatchPosition position);
}
