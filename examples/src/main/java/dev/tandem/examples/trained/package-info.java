/**
 * What is done with trained generators: samples, ways between them, a look at a run, a comparison
 * of several.
 */
@NullMarked
package dev.tandem.examples.trained;

import org.jspecify.annotations.NullMarked;
