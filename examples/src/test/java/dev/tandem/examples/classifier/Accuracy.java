package dev.tandem.examples.classifier;

import com.google.common.primitives.Doubles;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.gan.metric.FeatureExtractor;

/** How often an extractor's largest logit is that of the label. */
final class Accuracy {

  private Accuracy() {}

  static double of(FeatureExtractor classifier, LabeledImages images) {
    double[][] logits = classifier.extract(images.images()).logits().orElseThrow().toDoubleMatrix();
    int[] labels = images.labels().toIntVector();
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += logits[i][labels[i]] == Doubles.max(logits[i]) ? 1 : 0;
    }
    return (double) right / labels.length;
  }
}
