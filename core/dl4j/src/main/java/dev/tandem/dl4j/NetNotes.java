package dev.tandem.dl4j;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the report says of the net as a whole, and of what stays behind. */
final class NetNotes {

  private static final Map<String, String> LOSSES =
      Map.of(
          "LossMCXENT", "categoricalCrossentropy()",
          "LossNegativeLogLikelihood", "categoricalCrossentropy()",
          "LossSparseMCXENT", "sparseCategoricalCrossentropy()",
          "LossBinaryXENT", "binaryCrossentropy()",
          "LossMSE", "meanSquaredError()",
          "LossMAE", "meanAbsoluteError()",
          "LossHinge", "hinge()",
          "LossKLD", "klDivergence()",
          "LossPoisson", "poisson()",
          "LossCosineProximity", "cosineSimilarity()");

  private final Net net;
  private final ZipContents zip;
  private final List<String> notes;

  NetNotes(Net net, ZipContents zip, List<String> notes) {
    this.net = net;
    this.zip = zip;
    this.notes = notes;
  }

  void write() {
    boolean images = net.steps().stream().anyMatch(step -> step.conf().has("kernelSize"));
    if (images) {
      notes.add(
          "images are (batch, height, width, channels) here; where DL4J's were (batch, channels,"
              + " height, width), kernels have been turned, and x.permute(0, 2, 3, 1) turns data");
    }
    if (net.steps().stream().anyMatch(step -> step.conf().has("rnnDataFormat"))) {
      notes.add(
          "sequences are (batch, time, features) here; where DL4J's were (batch, features, time),"
              + " x.permute(0, 2, 1) turns data");
    }
    Set<String> updaters = new LinkedHashSet<>();
    for (Step step : net.steps()) {
      of(step, updaters);
    }
    if (!updaters.isEmpty()) {
      notes.add("settings of training stay behind: updater " + String.join(", ", updaters));
    }
    if (zip.has(ZipContents.UPDATER)) {
      notes.add(ZipContents.UPDATER + " was not read: a trainer begins with moments of its own");
    }
    if (zip.has(ZipContents.NORMALIZER)) {
      String kind = zip.normalizer();
      notes.add(
          "the net was fed what a normalizer made of the data"
              + (kind.isEmpty() ? "" : " (" + kind + ")")
              + ": feed the same; ND4J's NormalizerSerializer reads the entry "
              + ZipContents.NORMALIZER);
    }
  }

  private void of(Step step, Set<String> updaters) {
    Section conf = step.conf();
    Section updater = conf.section("iupdater");
    if (updater.exists()) {
      updaters.add(
          updater.has("learningRate")
              ? updater.type() + " (rate " + updater.text("learningRate", "") + ")"
              : updater.type());
    }
    String place = "\"" + step.name() + "\": ";
    Section loss = conf.section("lossFn");
    if (loss.exists()) {
      String here = LOSSES.get(loss.type());
      notes.add(
          place
              + "its loss was "
              + loss.type()
              + (here == null
                  ? ", which Losses does not have"
                  : "; Losses." + here + " is the one for a recipe here"));
    }
    for (Section each : conf.sections("regularization")) {
      if (!List.of("L1Regularization", "L2Regularization").contains(each.type())) {
        notes.add(place + "its " + each.type() + " stays behind; AdamW has weight decay");
      }
    }
    if (conf.sections("constraints").size() > 0 || conf.section("weightNoise").exists()) {
      notes.add(place + "its constraints and weight noise stay behind");
    }
    if (!conf.text("gradientNormalization", "None").equals("None")) {
      notes.add(
          place
              + "its gradient normalization "
              + conf.text("gradientNormalization", "")
              + " stays behind; Training.clip has others");
    }
  }
}
