/**
 * The ND4J backend that does the arithmetic: which one is on the class path, whether it can run on
 * this machine, and whether it is a fast one.
 *
 * <p>The application chooses a backend; this library compiles against none. {@link
 * dev.tandem.core.backend.Backend#require()} looks before ND4J is initialized, because ND4J itself
 * takes the first of two backends in silence, and a CUDA build on a card that it has no code for
 * dies inside a native call. {@code Findings} are what was found, {@code Preflight} is what follows
 * from them: a pure function. {@link dev.tandem.core.backend.FiniteProbe} looks for NaN and
 * infinity by what the backend has for it.
 */
@NullMarked
package dev.tandem.core.backend;

import org.jspecify.annotations.NullMarked;
