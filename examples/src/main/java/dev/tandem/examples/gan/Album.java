package dev.tandem.examples.gan;

import dev.tandem.core.data.DataFileException;
import dev.tandem.gan.image.AnimatedGif;
import dev.tandem.gan.image.PngFile;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.Round;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pictures of a run: a file for each, the last one again, and an animation of them all. */
final class Album implements AdversarialCallback, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Album.class);

  private static final String LATEST = "samples.png";

  private final Painter painter;
  private final long interval;
  private final Path directory;
  private final Path progress;
  private final AnimatedGif animation;
  private long last = -1;
  private boolean animationFailed;

  /**
   * An album.
   *
   * @param interval rounds between two pictures; there is one of the last round too
   * @param from the rounds that were done before
   */
  Album(Painter painter, long interval, long from, Path directory) {
    this.painter = painter;
    this.interval = interval;
    this.directory = directory;
    this.progress =
        directory.resolve(from == 0 ? "progress.gif" : name("progress-from", from, "gif"));
    this.animation = AnimatedGif.create(progress, Duration.ofMillis(200));
  }

  private static String name(String what, long round, String ending) {
    return String.format(Locale.ROOT, "%s-%06d.%s", what, round, ending);
  }

  /** The last picture. */
  Path samples() {
    return directory.resolve(LATEST);
  }

  /** The animation, there when the album is closed. */
  Path progress() {
    return progress;
  }

  @Override
  public void onRound(AdversarialTrainer trainer, Round round) {
    if (round.number() % interval == 0) {
      add(trainer, round.number());
    }
  }

  @Override
  public void onEnd(AdversarialTrainer trainer) {
    if (trainer.counters().rounds() != last) {
      add(trainer, trainer.counters().rounds());
    }
  }

  private void add(AdversarialTrainer trainer, long round) {
    BufferedImage picture = painter.paint(trainer);
    last = round;
    attempt(() -> PngFile.write(picture, directory.resolve(name("step", round, "png"))));
    attempt(() -> PngFile.write(picture, samples()));
    if (!animationFailed) {
      animationFailed = !attempt(() -> animation.append(picture));
    }
  }

  /** A picture that cannot be written is no reason to end a training. */
  private static boolean attempt(Runnable writing) {
    try {
      writing.run();
      return true;
    } catch (DataFileException e) {
      LOG.warn("{}; the training goes on without it", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    attempt(animation::close);
  }
}
