/**
 * A small HTTP service that makes pictures with a trained generator, and a test of it under load:
 * {@link dev.tandem.examples.serve.ImageService} is complete, to be copied into a project.
 */
@NullMarked
package dev.tandem.examples.serve;

import org.jspecify.annotations.NullMarked;
