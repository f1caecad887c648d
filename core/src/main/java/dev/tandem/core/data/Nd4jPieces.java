package dev.tandem.core.data;

import com.google.common.collect.Iterators;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** What ND4J's iterators give, as data sets. */
final class Nd4jPieces {

  private static final String FEATURES = "features";
  private static final String LABELS = "labels";

  private Nd4jPieces() {}

  static Iterator<Dataset> reset(DataSetIterator iterator) {
    iterator.reset();
    return new LatestPass(iterator, of(iterator));
  }

  static Iterator<Dataset> of(DataSetIterator iterator) {
    return Iterators.transform(iterator, Nd4jPieces::piece);
  }

  static Iterator<Dataset> reset(MultiDataSetIterator iterator) {
    iterator.reset();
    return new LatestPass(iterator, of(iterator));
  }

  static Iterator<Dataset> of(MultiDataSetIterator iterator) {
    return Iterators.transform(iterator, Nd4jPieces::piece);
  }

  private static Dataset piece(DataSet given) {
    requireNoMasks(given.getFeaturesMaskArray() != null || given.getLabelsMaskArray() != null);
    Dataset.Builder piece = Dataset.builder().input(FEATURES, given.getFeatures());
    INDArray labels = given.getLabels();
    return (labels == null ? piece : piece.target(LABELS, labels)).build();
  }

  private static Dataset piece(MultiDataSet given) {
    requireNoMasks(given.hasMaskArrays());
    Dataset.Builder piece = Dataset.builder();
    INDArray[] features = given.getFeatures();
    for (int i = 0; i < length(features); i++) {
      piece.input(features.length == 1 ? FEATURES : FEATURES + i, features[i]);
    }
    INDArray[] labels = given.getLabels();
    for (int i = 0; i < length(labels); i++) {
      piece.target(labels.length == 1 ? LABELS : LABELS + i, labels[i]);
    }
    return piece.build();
  }

  private static int length(INDArray @Nullable [] arrays) {
    return arrays == null ? 0 : arrays.length;
  }

  private static void requireNoMasks(boolean masked) {
    if (masked) {
      throw new IllegalArgumentException(
          "a piece of the iterator has mask arrays, which steps here do not know; give sample"
              + " weights as a target \"weights:OUTPUT\" (batch) of data sets instead, and iterate"
              + " over these");
    }
  }
}
