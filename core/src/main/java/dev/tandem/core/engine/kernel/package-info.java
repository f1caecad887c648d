/**
 * The seam between plans and what computes: a {@link dev.tandem.core.engine.kernel.KernelLibrary}
 * looks at one call and makes a {@link dev.tandem.core.engine.kernel.KernelChoice} if it can run
 * it; the choice is later bound to buffers, which gives a {@link
 * dev.tandem.core.engine.kernel.Kernel}.
 *
 * <p>Nothing here knows where buffers lie or what runs on them.
 */
@NullMarked
package dev.tandem.core.engine.kernel;

import org.jspecify.annotations.NullMarked;
