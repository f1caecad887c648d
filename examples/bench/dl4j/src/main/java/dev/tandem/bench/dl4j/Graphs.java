package dev.tandem.bench.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Makes the three graphs of a GAN. Layers of the generator are a0, a1, …, those of the
 * discriminator b0, b1, ….
 *
 * @param adam of all of them
 */
record Graphs(Adam adam) {

  /** Samples from noise; it is not trained. */
  ComputationGraph generator(Chain generator) {
    GraphBuilder builder = builder();
    return init(builder, append(builder, "a", generator.links(), false, "in"));
  }

  /** The discriminator with its loss. */
  ComputationGraph discriminator(Chain discriminator) {
    GraphBuilder builder = builder();
    return withLoss(builder, append(builder, "b", discriminator.links(), false, "in"));
  }

  /** The generator under a frozen discriminator, with the loss. */
  ComputationGraph gan(Chain generator, Chain discriminator) {
    GraphBuilder builder = builder();
    String fake = append(builder, "a", generator.links(), false, "in");
    return withLoss(builder, append(builder, "b", discriminator.links(), true, fake));
  }

  private GraphBuilder builder() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(adam)
        .weightInit(WeightInit.XAVIER)
        .dataType(DataType.FLOAT)
        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
        .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
        .graphBuilder()
        .addInputs("in");
  }

  private static String append(
      GraphBuilder builder, String prefix, List<Chain.Link> links, boolean frozen, String input) {
    String last = input;
    for (int i = 0; i < links.size(); i++) {
      String name = prefix + i;
      Layer plain = links.get(i).layer();
      Layer layer = frozen ? new FrozenLayerWithBackprop(plain) : plain;
      if (links.get(i).before() == null) {
        builder.addLayer(name, layer, last);
      } else {
        builder.addLayer(name, layer, links.get(i).before(), last);
      }
      last = name;
    }
    return last;
  }

  private static ComputationGraph withLoss(GraphBuilder builder, String logits) {
    LossLayer loss =
        new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build();
    return init(builder.addLayer("loss", loss, logits), "loss");
  }

  private static ComputationGraph init(GraphBuilder builder, String output) {
    ComputationGraph graph =
        new ComputationGraph(builder.setOutputs(output).validateOutputLayerConfig(false).build());
    graph.init();
    return graph;
  }
}
