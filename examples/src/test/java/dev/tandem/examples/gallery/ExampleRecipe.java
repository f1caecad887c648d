package dev.tandem.examples.gallery;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.core.data.DataSource;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.List;
import java.util.Objects;

/** What the code of an example trains, and on what. */
record ExampleRecipe(AdversarialTraining recipe, List<DataSource> data) {

  /** Runs an example up to its first round. */
  static ExampleRecipe of(Exhibit exhibit) {
    Taken taken =
        catchThrowableOfType(
            Taken.class,
            () -> exhibit.example().run(new Showing(1, new PlanEngine(), new Taker())));
    return Objects.requireNonNull(taken, exhibit + " does not train").example;
  }

  /** Ends an example before its first round. */
  private static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ExampleRecipe example;

    Taken(AdversarialTrainer trainer) {
      this.example = new ExampleRecipe(trainer.recipe(), trainer.data());
    }
  }

  private static final class Taker implements AdversarialCallback {

    @Override
    public void onStart(AdversarialTrainer trainer) {
      throw new Taken(trainer);
    }
  }
}
