/**
 * What this project is named for: two models over one shared layer, and three ways to say what a
 * step moves. Freeze a model, and its own step stands still; freeze a layer, and it stands still in
 * every step; select with {@code only(...)}, and no flag is written at all.
 *
 * <p>Every weight is one number, so each step can be checked by hand.
 */
@NullMarked
package dev.tandem.examples.freezing;

import org.jspecify.annotations.NullMarked;
