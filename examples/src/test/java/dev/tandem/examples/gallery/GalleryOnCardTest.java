package dev.tandem.examples.gallery;

import dev.tandem.core.data.Dataset;
import dev.tandem.cuda.CardRounds;
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

  @ParameterizedTest
  @MethodSource("exhibits")
  void example_onACard_trainsAsOnTheHost(Exhibit exhibit) {
    ExampleRecipe example = ExampleRecipe.of(exhibit);

    List<Dataset> few = example.data().stream().map(data -> data.take(SAMPLES)).toList();
    CardRounds.check(example.recipe().batch(BATCH), few);
  }
}
