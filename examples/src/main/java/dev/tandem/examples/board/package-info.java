/** The dashboard as a command, and the ways through latents that its page asks for. */
@NullMarked
package dev.tandem.examples.board;

import org.jspecify.annotations.NullMarked;
