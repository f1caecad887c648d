/** What the examples that make digits have in common. */
@NullMarked
package dev.tandem.examples.digits;

import org.jspecify.annotations.NullMarked;
