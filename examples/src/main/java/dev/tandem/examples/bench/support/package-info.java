/** What several kinds of measurement share: processes of their own, and tables. */
@NullMarked
package dev.tandem.examples.bench.support;

import org.jspecify.annotations.NullMarked;
