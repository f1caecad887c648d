package dev.tandem.cuda.worker;

import dev.tandem.core.model.Model;
import dev.tandem.core.train.Trainer;
import dev.tandem.gan.train.AdversarialTrainer;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All that trainers hold, by name: values of now, wherever they lie. */
final class Held {

  private final Map<String, INDArray> all = new TreeMap<>();

  private Held() {}

  static Map<String, INDArray> by(Trainer trainer) {
    Held held = new Held();
    held.add("", trainer);
    return held.all;
  }

  static Map<String, INDArray> by(AdversarialTrainer trainer) {
    Held held = new Held();
    held.add("discriminator ", trainer.steps().discriminator());
    held.add("generator ", trainer.steps().generator());
    held.all.put("samples of the average", trainer.sample(2, 1));
    return held.all;
  }

  private void add(String name, Trainer trainer) {
    add(name, trainer.model());
    trainer.state().slots().forEach((slot, variable) -> all.put(name + slot, variable.values()));
  }

  private void add(String name, Model model) {
    model
        .weightsByPath()
        .forEach(
            (path, weight) -> {
              for (int part = 0; part < weight.parts(); part++) {
                all.put(name + path + " " + part, weight.part(part).values());
              }
            });
  }
}
