/** What the commands of the application have in common. */
@NullMarked
package dev.tandem.examples.cli;

import org.jspecify.annotations.NullMarked;
