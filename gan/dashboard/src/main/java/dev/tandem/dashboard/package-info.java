/**
 * A page that follows runs while they train: {@link dev.tandem.dashboard.Dashboard} serves it, from
 * folders that other processes write.
 *
 * <p>{@code run} reads the folders, {@code http} answers.
 */
@NullMarked
package dev.tandem.dashboard;

import org.jspecify.annotations.NullMarked;
