/**
 * Data on its way to a training step: files, data sets, and batches in a reproducible order.
 *
 * <p>{@link dev.tandem.core.data.IdxFile} and {@link dev.tandem.core.data.Mnist} read files; a
 * {@link dev.tandem.core.data.Dataset} is named arrays with one row per example. {@link
 * dev.tandem.core.data.Dataset#batches} cuts it into a {@link dev.tandem.core.data.BatchIterator},
 * whose order is a function of (seed, epoch) alone, so that a {@link
 * dev.tandem.core.data.BatchPosition} is all that a resumed run needs. Rows are copied once, into
 * arrays that are used again and again, and by a {@link dev.tandem.core.data.Prefetcher} ahead of
 * the step that reads them.
 */
@NullMarked
package dev.tandem.core.data;

import org.jspecify.annotations.NullMarked;
