package dev.tandem.gan.data;

import java.nio.file.Path;

/**
 * The file of pixels that is asked for.
 *
 * @param file where it lies, or will
 * @param key what it is made of, and how
 */
record PixelTarget(Path file, String key) {}
