package dev.tandem.bench.dl4j;

import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Workload;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A classifier; its labels are one-hot rows. */
final class Dl4jMlp implements Workload {

  private static final int BATCH = 128;
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;

  private final ComputationGraph net;
  private final INDArray[] features = new INDArray[BenchData.BATCHES];
  private final INDArray[] labels = new INDArray[BenchData.BATCHES];

  Dl4jMlp() {
    net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3, 0.9, 0.999, 1e-8))
                .weightInit(WeightInit.XAVIER)
                .graphBuilder()
                .addInputs("in")
                .addLayer("a", hidden(FEATURES), "in")
                .addLayer("b", hidden(512), "a")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(512)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "b")
                .setOutputs("out")
                .build());
    net.init();
    BenchData.Classified[] data = BenchData.classes(BATCH);
    for (int i = 0; i < data.length; i++) {
      features[i] = Nd4j.createFromArray(data[i].features()).reshape(BATCH, FEATURES);
      labels[i] = Nd4j.createFromArray(oneHot(data[i].labels())).reshape(BATCH, CLASSES);
    }
  }

  private static DenseLayer hidden(int in) {
    return new DenseLayer.Builder().nIn(in).nOut(512).activation(Nets.relu()).build();
  }

  private static float[] oneHot(int[] classes) {
    float[] rows = new float[BATCH * CLASSES];
    for (int row = 0; row < BATCH; row++) {
      rows[row * CLASSES + classes[row]] = 1;
    }
    return rows;
  }

  @Override
  public double[] step(int number) {
    int batch = number % features.length;
    net.fit(new INDArray[] {features[batch]}, new INDArray[] {labels[batch]});
    return new double[] {net.score()};
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
