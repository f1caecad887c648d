package dev.tandem.examples.gan;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.io.WholeFile;
import dev.tandem.core.model.Model;
import dev.tandem.gan.latent.LatentTypes;
import dev.tandem.gan.train.AdversarialTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Saves the generator of a run beside each of its checkpoints, for {@link GeneratorFile}: the
 * averaged one, if there is an average; with a cycle both. Whenever the process ends, a whole one
 * is there.
 */
final class GeneratorWriter implements Consumer<AdversarialTrainer> {

  private static final JsonMapper JSON = new JsonMapper();

  private final Path run;
  private final ImmutableList<Model> generators;
  private final ImmutableList<String> names;

  /**
   * A writer.
   *
   * @param trainer whose generator it is
   * @param names of the classes, if they have names
   * @param run the folder of the run
   */
  GeneratorWriter(AdversarialTrainer trainer, ImmutableList<String> names, Path run) {
    boolean told = trainer.recipe().pair().conditioning().needsLabels();
    this.names = told ? names : ImmutableList.of();
    this.run = run;
    this.generators = trainer.namedGenerators();
  }

  /** The folder of the model. */
  Path folder() {
    return run.resolve(GeneratorFile.FOLDER);
  }

  /**
   * Saves it as it is now.
   *
   * @throws DataFileException if it cannot be written; the one before is untouched then
   */
  @Override
  public void accept(AdversarialTrainer trainer) {
    ModelFile.save(generators.get(0), folder());
    if (generators.size() > 1) {
      ModelFile.save(generators.get(1), run.resolve(GeneratorFile.BACK));
    }
    WholeFile.write(run.resolve(GeneratorFile.FACTS), facts(trainer));
  }

  private String facts(AdversarialTrainer trainer) {
    ObjectNode facts =
        JSON.createObjectNode()
            .put("version", GeneratorFile.VERSION)
            .put("round", trainer.counters().rounds())
            .put("classes", trainer.recipe().pair().conditioning().classes());
    if (!names.isEmpty()) {
      facts.set("names", JSON.valueToTree(names));
    }
    LatentTypes.describe(trainer.recipe().pair().latent())
        .ifPresent(latent -> facts.set("latent", JSON.valueToTree(latent)));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(facts) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e); // numbers and texts have a form
    }
  }
}
