package dev.tandem.bench.tensorflow;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Program;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Unsupported;
import dev.tandem.examples.bench.measure.Workload;

/** Measures TensorFlow Java. */
public final class TfProgram {

  private TfProgram() {}

  /** Takes WORKLOAD, ITERS and WARMUP. */
  public static void main(String... args) {
    new Program("tfjava", task -> make(task, new TfNets(new Tf()))).main(args);
  }

  private static Workload make(Task task, TfNets nets) {
    TfModels models = new TfModels(nets.tf());
    return switch (task) {
      case MLP -> models.classifier(nets.classifier(), BenchData.classes(128), 128, 784);
      case RING ->
          new TfGan(
              nets.tf(),
              nets.ringGenerator(),
              nets.ringDiscriminator(),
              TfObjective.NON_SATURATING,
              TfSession.tensors(BenchData.ring(256), 256, 2),
              2,
              new TfAdam(1e-3, 0.5, 0.999));
      case DCGAN28 -> images28(nets, TfObjective.NON_SATURATING, new TfAdam(2e-4, 0.5, 0.999));
      case WGANGP28 -> images28(nets, TfObjective.WASSERSTEIN_PENALTY, new TfAdam(1e-4, 0, 0.9));
      case DCGAN32 ->
          new TfGan(
              nets.tf(),
              nets.generator32(),
              nets.discriminator32(),
              TfObjective.NON_SATURATING,
              TfSession.tensors(BenchData.images(64, 32, 3), 64, 32, 32, 3),
              128,
              new TfAdam(2e-4, 0.5, 0.999));
      case LSTM ->
          models.classifier(
              nets.sequenceClassifier(), BenchData.sequences(32, 400, 32), 32, 400, 32);
      case SIAMESE -> models.siamese(nets.embedding28());
      case TRANSFORMER -> models.languageModel();
      case PREDICT_GENERATOR28_1, PREDICT_GENERATOR28_32, PREDICT_RESNET20_1, PREDICT_RESNET20_32 ->
          throw new Unsupported("its predictions are not written here");
      case DCGAN64 -> throw new Unsupported("dcgan64 is for cards");
    };
  }

  private static Workload images28(TfNets nets, TfObjective objective, TfAdam adam) {
    return new TfGan(
        nets.tf(),
        nets.generator28(),
        nets.discriminator28(),
        objective,
        TfSession.tensors(BenchData.images(64, 28, 1), 64, 28, 28, 1),
        100,
        adam);
  }
}
