package dev.tandem.examples.gan;

import dev.tandem.core.data.DataFileException;
import dev.tandem.gan.image.PngFile;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.JsonlLog;
import dev.tandem.gan.train.ModelsFile;
import dev.tandem.gan.train.Round;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the first worker tells of a run: lines of progress, numbers, pictures, the generator. */
final class RunTelling implements AdversarialCallback {

  private static final String MODELS = "models.json";

  private final Path folder;
  private final Painter painter;
  private final GeneratorWriter generator;
  private final long interval;
  private final WorkerRun.Listener listener;
  private final JsonlLog numbers;
  private final StringWriter lines = new StringWriter();
  private final RunLog log;
  private long from;
  private int told;
  private long painted = -1;

  /**
   * A teller.
   *
   * @param folder for files on their way
   * @param interval rounds between two pictures
   */
  RunTelling(
      PlannedRun planned,
      Path folder,
      GeneratorWriter generator,
      long interval,
      int logEvery,
      WorkerRun.Listener listener) {
    this.folder = folder;
    this.painter = new Painter(planned.data());
    this.generator = generator;
    this.interval = interval;
    this.listener = listener;
    this.numbers = JsonlLog.to(numbersFile()).every(logEvery);
    this.log =
        new RunLog(
            planned.config().name(),
            planned.config().budget().rounds(),
            0,
            new PrintWriter(lines, true));
  }

  private Path numbersFile() {
    return folder.resolve(RunDesk.NUMBERS);
  }

  /** Tells of nets, before the first round. */
  void begin(AdversarialTrainer trainer) {
    Path models = folder.resolve(MODELS);
    ModelsFile.write(trainer, models);
    listener.tell(MODELS, read(models));
    from = trainer.counters().rounds();
    listener.tell(RunDesk.BEGIN, text(Long.toString(from)));
  }

  @Override
  public void onStart(AdversarialTrainer trainer) {
    numbers.onStart(trainer);
    log.onStart(trainer);
  }

  @Override
  public void onRound(AdversarialTrainer trainer, Round round) {
    numbers.onRound(trainer, round);
    log.onRound(trainer, round);
    tellLines();
    if (round.number() % interval == 0) {
      paint(trainer, round.number());
      tellNumbers();
    }
  }

  @Override
  public void onEnd(AdversarialTrainer trainer) {
    numbers.onEnd(trainer);
    long rounds = trainer.counters().rounds();
    if (rounds != painted) {
      paint(trainer, rounds);
    }
    tellNumbers();
    log.close();
  }

  private void tellLines() {
    StringBuffer buffer = lines.getBuffer();
    if (!buffer.isEmpty()) {
      listener.tell(RunDesk.LINE, text(buffer.toString().stripTrailing()));
      buffer.setLength(0);
    }
  }

  /** Those lines of numbers that are new. */
  private void tellNumbers() {
    byte[] all = read(numbersFile());
    if (all.length > told) {
      listener.tell(RunDesk.NUMBERS, Arrays.copyOfRange(all, told, all.length));
      told = all.length;
    }
  }

  private void paint(AdversarialTrainer trainer, long round) {
    Path file = folder.resolve("samples.png");
    PngFile.write(painter.paint(trainer), file);
    byte[] picture = read(file);
    listener.tell(String.format(Locale.ROOT, "step-%06d.png", round), picture);
    listener.tell("samples.png", picture);
    painted = round;
  }

  /** Tells the generator as it is now, beside a checkpoint. */
  void generator(AdversarialTrainer trainer) {
    generator.accept(trainer);
    for (String part : List.of(GeneratorFile.FOLDER, GeneratorFile.BACK, GeneratorFile.FACTS)) {
      Path place = folder.resolve(part);
      if (!Files.exists(place)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          listener.tell(folder.relativize(file).toString().replace('\\', '/'), read(file));
        }
      } catch (IOException e) {
        throw new DataFileException(place.toString(), "cannot be read (" + e + ")", e);
      }
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
  }
}
