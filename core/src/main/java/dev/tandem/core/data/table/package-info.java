/**
 * Tables in CSV files on their way to arrays: which columns become what ({@link
 * dev.tandem.core.data.table.TableSchema}), what was learned of the training rows for that ({@link
 * dev.tandem.core.data.table.TableEncoding}), so that other rows become arrays in the same way.
 */
@NullMarked
package dev.tandem.core.data.table;

import org.jspecify.annotations.NullMarked;
