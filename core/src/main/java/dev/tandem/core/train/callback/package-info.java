/** Ready callbacks for fits: logs, lines on the terminal, stopping early. */
package dev.tandem.core.train.callback;
