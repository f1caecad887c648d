package dev.tandem.dl4j;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A net as its configuration describes it.
 *
 * @param kind {@code MultiLayerNetwork} or {@code ComputationGraph}
 * @param dataType of its parameters
 * @param inputs their names
 * @param steps in the order in which their parameters lie in the file
 * @param outputs the names of steps
 */
record Net(
    String kind, DataType dataType, List<String> inputs, List<Step> steps, List<String> outputs) {}
