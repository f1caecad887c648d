package dev.tandem.gan.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of a round by the names that all logs of a run give them. */
final class RoundNumbers {

  private RoundNumbers() {}

  /**
   * All of them, NaN where there is none.
   *
   * @param measured what counts if it was measured in this round
   */
  static Map<String, Double> of(AdversarialTrainer trainer, Round round, List<Measuring> measured) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("d_loss", round.discriminatorLoss());
    numbers.put("g_loss", round.generatorLoss());
    round.discriminatorTerms().forEach((name, value) -> numbers.put("d_" + name, value));
    round.generatorTerms().forEach((name, value) -> numbers.put("g_" + name, value));
    numbers.put("d_real", round.realScore());
    numbers.put("d_fake", round.fakeScore());
    numbers.put("d_rate", trainer.steps().discriminator().rate());
    numbers.put("g_rate", trainer.steps().generator().rate());
    numbers.put("d_gradient_norm", trainer.steps().discriminator().gradientNorm());
    numbers.put("g_gradient_norm", trainer.steps().generator().gradientNorm());
    numbers.putAll(trainer.values());
    for (Measuring one : measured) {
      if (one.round() == round.number()) {
        numbers.put(one.name(), one.value());
      }
    }
    return numbers;
  }
}
