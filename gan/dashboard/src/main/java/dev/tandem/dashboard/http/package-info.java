/** The page and its questions over HTTP, who may ask them, and what is told as it happens. */
@NullMarked
package dev.tandem.dashboard.http;

import org.jspecify.annotations.NullMarked;
