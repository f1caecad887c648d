package dev.tandem.docs;

import static dev.tandem.core.loss.Losses.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import org.junit.jupiter.api.Test;

/** The idiom of the page on freezing. */
class FreezingTest {

  @Test
  void classicIdiom_threeSpellings_moveTheSameWeights() {
    Input noise = Input.of("noise", 2);
    Model generator = Model.sequential("generator", noise, Dense.units(2));
    Model critic = Model.sequential("critic", Input.of("point", 2), Dense.units(1));
    Model gan = Model.of("gan", noise, critic.apply(generator.apply(noise)));
    Training recipe = Training.with(Sgd.rate(.1)).loss(meanSquaredError());
    // region idiom
    Trainer d = critic.compile(recipe);
    critic.setTrainable(false); // this model only: no layer is written
    Trainer g = gan.compile(recipe); // moves the generator alone; d still moves the critic

    critic.setTrainable(true);
    Trainer same = gan.compile(recipe.only(generator)); // the same without any flag
    // endregion
    assertThat(d.moves()).containsExactlyElementsOf(critic.weights());
    assertThat(g.moves()).containsExactlyElementsOf(generator.weights());
    assertThat(same.moves()).isEqualTo(g.moves());
  }
}
