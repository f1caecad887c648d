/**
 * Data on its way to a training step: files, data sets, and batches in a reproducible order.
 *
 * <p>A {@link dev.tandem.core.data.DataSource} has named columns, and batches that are a function
 * of it, a {@link dev.tandem.core.data.Batching} and a {@link dev.tandem.core.data.BatchPosition},
 * which is all that a resumed run needs. Its kinds are {@link dev.tandem.core.data.RowSource} (of
 * which {@link dev.tandem.core.data.Dataset} is the one in memory and {@link
 * dev.tandem.core.data.MappedRows} one in a file), {@link dev.tandem.core.data.GeneratedSource} and
 * {@link dev.tandem.core.data.SequenceSource}. Rows are read into arrays that are used again and
 * again, by a {@link dev.tandem.core.data.Prefetcher} ahead of the step that takes them. {@link
 * dev.tandem.core.data.IdxFile} and {@link dev.tandem.core.data.Mnist} read files into memory.
 */
@NullMarked
package dev.tandem.core.data;

import org.jspecify.annotations.NullMarked;
