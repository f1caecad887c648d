package dev.tandem.examples.freezing;

import static dev.tandem.examples.freezing.Scalars.column;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A GAN of two numbers: generator g · z, discriminator d · x, from g = 0.5 and d = 2. The noise is
 * always 1, the real sample 1, real is to be judged 1 and fake 0.
 */
final class ScalarGan {

  private static final INDArray NOISE = column(1);
  private static final INDArray REAL = column(1);
  private static final int ALTERNATIONS = 3;

  private final Dense g = Scalars.factor("g", 0.5);
  private final Dense d = Scalars.factor("d", 2);
  private final Recorder recorder = new Recorder(g, d);
  private final Model generator;
  private final Model discriminator;
  private final Model combined;
  private final Engine engine;
  private final Training descent;
  private final List<Trainer> trainers = new ArrayList<>();

  private ScalarGan(Engine engine) {
    this.engine = engine;
    this.descent = Scalars.descent(engine);
    Input noise = Scalars.input("z");
    generator = Model.sequential("G", noise, g);
    discriminator = Model.sequential("D", Scalars.input("x"), d);
    combined = Model.sequential("G+D", noise, generator, discriminator);
  }

  /** Runs cases 23 to 26 and 32. */
  static ScalarGan run(Engine engine) {
    ScalarGan gan = new ScalarGan(engine);
    gan.oneAlternation();
    gan.classicIdiom();
    gan.toggled();
    gan.compiledTooEarly();
    gan.selection();
    gan.closeTrainers();
    return gan;
  }

  private void oneAlternation() {
    begin(23, "D, then G+D is compiled");
    stepOfDiscriminator(trainer(discriminator, descent));
    discriminator.setTrainable(false);
    stepOfCombined(trainer(combined, descent));
  }

  /** Compile D, freeze it, compile the combined model, alternate; no flag is touched again. */
  private void classicIdiom() {
    begin(24, "D once, between both compiles");
    Trainer ofDiscriminator = trainer(discriminator, descent);
    discriminator.setTrainable(false);
    Trainer ofCombined = trainer(combined, descent);
    for (int i = 0; i < ALTERNATIONS; i++) {
      stepOfDiscriminator(ofDiscriminator);
      stepOfCombined(ofCombined);
    }
  }

  private void toggled() {
    begin(25, "D, toggled before each step");
    Trainer ofDiscriminator = trainer(discriminator, descent);
    discriminator.setTrainable(false);
    Trainer ofCombined = trainer(combined, descent);
    for (int i = 0; i < ALTERNATIONS; i++) {
      discriminator.setTrainable(true);
      stepOfDiscriminator(ofDiscriminator);
      discriminator.setTrainable(false);
      stepOfCombined(ofCombined);
    }
  }

  private void compiledTooEarly() {
    begin(26, "D, after G+D was compiled");
    Trainer ofCombined = trainer(combined, descent);
    stepOfDiscriminator(trainer(discriminator, descent));
    discriminator.setTrainable(false);
    stepOfCombined(ofCombined);
  }

  private void selection() {
    begin(32, "nothing; only(G) is selected");
    stepOfDiscriminator(trainer(discriminator, descent));
    stepOfCombined(trainer(combined, descent.only(generator)));
  }

  private void begin(int number, String setting) {
    closeTrainers();
    recorder.begin(number, setting);
    discriminator.setTrainable(true);
    combined.initialize(0);
  }

  /** A trainer until the end of the case. */
  private Trainer trainer(Model model, Training recipe) {
    Trainer trainer = model.compile(recipe);
    trainers.add(trainer);
    return trainer;
  }

  private void closeTrainers() {
    trainers.forEach(Trainer::close);
    trainers.clear();
  }

  private void stepOfDiscriminator(Trainer trainer) {
    try (Predictor fakes = Predictor.of(generator, engine)) {
      double fake = fakes.predict(NOISE).getDouble(0);
      recorder.step(trainer, column(REAL.getDouble(0), fake), column(1, 0));
    }
  }

  private void stepOfCombined(Trainer trainer) {
    recorder.step(trainer, NOISE, column(1));
  }

  /** What case 32, the last one, left behind, in words. */
  String afterwards() {
    return "After 32 D.isTrainable() is " + discriminator.isTrainable() + ".";
  }

  /** What was done. */
  Recorder recorder() {
    return recorder;
  }
}
