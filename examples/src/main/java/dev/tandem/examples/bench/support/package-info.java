/** What several kinds of measurement share: processes of their own, and tables. */
package dev.tandem.examples.bench.support;
