/** Ready callbacks for fits: logs, lines on the terminal, stopping early. */
@NullMarked
package dev.tandem.core.train.callback;

import org.jspecify.annotations.NullMarked;
