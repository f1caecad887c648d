package dev.tandem.dashboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** What draws a way through the latents of a run's generator. */
@FunctionalInterface
public interface LatentWalk {

  /**
   * What is asked for.
   *
   * @param seed of the latents
   * @param count how many samples wander side by side, in [1, 8]
   * @param frames how many places there are on the way, in [2, 48]
   * @param label the class of all samples; empty for all classes in turn
   */
  record Ask(long seed, int count, int frames, OptionalInt label) {}

  /**
   * The places of a way, below each other in one picture.
   *
   * @param png the picture, all frames of the same height
   * @param frames how many there are
   */
  record Frames(byte[] png, int frames) {}

  /**
   * Draws a way that ends where it begins. Called for one way at a time.
   *
   * @param run the folder of the run
   * @throws IllegalArgumentException if there is none for this run, or not so; says why
   * @throws IOException if it cannot be drawn
   */
  Frames draw(Path run, Ask ask) throws IOException;
}
