/**
 * Nets that DL4J saved as models, without DL4J: {@link dev.tandem.dl4j.Dl4jFile} reads the zips of
 * its {@code ModelSerializer}.
 *
 * <p>{@code ZipContents} opens the zip; {@code NetReader} makes one list of steps of either kind of
 * configuration; {@code Parts} gives each step a plan, with all that cannot be had named before
 * anything is built; {@code NetBuilder} builds, and fills the weights from {@code Coefficients}.
 */
@NullMarked
package dev.tandem.dl4j;

import org.jspecify.annotations.NullMarked;
