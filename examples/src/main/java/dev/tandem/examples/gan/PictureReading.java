package dev.tandem.examples.gan;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.callback.Progress;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.config.DataSettings;
import dev.tandem.gan.data.ImageFiles;
import dev.tandem.gan.data.ImageSet;
import dev.tandem.gan.data.ImageSize;
import dev.tandem.gan.preset.Presets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How pictures become images.
 *
 * @param folder where their bytes are kept
 * @param squares whether nets take squares alone
 * @param once whether the folder is deleted at the end
 * @param out told how far it is, where no terminal is
 */
record PictureReading(Path folder, boolean squares, boolean once, PrintWriter out)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PictureReading.class);

  /** Reading for a run. */
  static PictureReading keeping(Path folder, boolean squares, PrintWriter out) {
    return new PictureReading(folder, squares, false, out);
  }

  /** Reading that leaves nothing, but where it was told to. */
  static PictureReading forOnce(Optional<Path> folder, boolean squares, PrintWriter out) {
    try {
      return folder.isPresent()
          ? keeping(folder.get(), squares, out)
          : new PictureReading(Files.createTempDirectory("tandem-images"), squares, true, out);
    } catch (IOException e) {
      throw new DataFileException(
          System.getProperty("java.io.tmpdir"), "cannot be written to (" + e + ")", e);
    }
  }

  /** Whether a config translates images, so that nets take other sizes than squares too. */
  static boolean translates(Config config) {
    String preset = config.get("preset");
    return preset.equals("none")
        ? config.get("conditioning.type").matches("paired_translation|cycle")
        : Presets.named(preset).forSamples(Shape.of(2)).pair().conditioning().translates();
  }

  /** Refuses settings of pictures for data that are none. */
  void requireNone(DataSettings settings) {
    DataSettings plain = DataSettings.named(settings.name());
    boolean isPlain =
        settings.size().isEmpty()
            && settings.resize() == plain.resize()
            && settings.channels().isEmpty()
            && settings.augmentation().isNone()
            && !settings.strict();
    if (!isPlain) {
      throw new IllegalArgumentException(
          "--size, --resize, --channels, --mirror, --augment-data and --strict are for folders and"
              + " files of pictures, and there is no such folder or file: "
              + settings.name());
    }
  }

  /** Settings for what data are translated to: of their size. */
  DataSettings like(GanData source, String name, Config config) {
    DataSettings settings = config.data();
    Optional<String> size =
        settings.size().isPresent() || source.sample().rank() != 3
            ? settings.size()
            : Optional.of(source.sample().size(0) + "x" + source.sample().size(1));
    return new DataSettings(
        name,
        Optional.empty(),
        Files.exists(Path.of(name)) ? size : settings.size(),
        settings.resize(),
        settings.mirror(),
        settings.augment(),
        settings.channels(),
        settings.background(),
        settings.strict());
  }

  /** Reads pictures, and tells how far it is. */
  ImageSet read(DataSettings settings) {
    ImageFiles files =
        ImageFiles.in(Path.of(settings.name()))
            .resize(settings.resize())
            .background(ImageFiles.color(settings.background()))
            .cachedIn(folder);
    files = squares ? files.inSquares() : files;
    files = settings.size().isPresent() ? files.size(size(settings)) : files;
    files =
        settings.channels().isPresent() ? files.channels(settings.channels().getAsInt()) : files;
    files = settings.strict() ? files.beingStrict() : files;
    try (Bar bar = new Bar(out)) {
      return files.telling(bar::at).open();
    }
  }

  private static ImageSize size(DataSettings settings) {
    return ImageSize.parse(settings.size().orElseThrow());
  }

  @Override
  public void close() {
    if (once) {
      try {
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
      } catch (IOException e) {
        LOG.warn("{}: cannot be deleted ({})", folder, e.toString());
      }
    }
  }

  /** A bar that comes with the first picture. */
  private static final class Bar implements AutoCloseable {

    private static final int FEW = 2000;
    private static final int LINES = 10;

    private final PrintWriter out;
    private Optional<Progress> progress = Optional.empty();

    Bar(PrintWriter out) {
      this.out = out;
    }

    void at(long read, long all) {
      if (progress.isEmpty()) {
        progress = Optional.of(Progress.of("pictures", all));
      }
      progress.get().step();
      if (System.console() == null && all >= FEW && read * LINES / all > (read - 1) * LINES / all) {
        out.printf(Locale.ROOT, "read %,d of %,d pictures%n", read, all);
        out.flush();
      }
    }

    @Override
    public void close() {
      progress.ifPresent(Progress::close);
    }
  }
}
