package dev.tandem.examples.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.cuda.CardRounds;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pair of every example, as its code has it, trains on a card as on the host. */
@Tag("heavy")
class GalleryOnCardTest {

  private static final int BATCH = 2;
  private static final int SAMPLES = 8;

  static List<Exhibit> exhibits() {
    return Gallery.all();
  }

  /** Ends an example before its first round. */
  private static final class Taken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient AdversarialTraining recipe;
    private final transient List<DataSource> data;

    Taken(AdversarialTrainer trainer) {
      this.recipe = trainer.recipe();
      this.data = trainer.data();
    }
  }

  private static final class Taker implements AdversarialCallback {

    @Override
    public void onStart(AdversarialTrainer trainer) {
      throw new Taken(trainer);
    }
  }

  @ParameterizedTest
  @MethodSource("exhibits")
  void example_onACard_trainsAsOnTheHost(Exhibit exhibit) {
    Taken taken =
        catchThrowableOfType(
            Taken.class,
            () -> exhibit.example().run(new Showing(1, new PlanEngine(), new Taker())));

    assertThat(taken).isNotNull();
    List<Dataset> few = taken.data.stream().map(data -> data.take(SAMPLES)).toList();
    CardRounds.check(taken.recipe.batch(BATCH), few);
  }
}
