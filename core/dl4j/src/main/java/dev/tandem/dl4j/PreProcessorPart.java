package dev.tandem.dl4j;

import dev.tandem.core.layer.Flatten;
import java.util.ArrayList;
import java.util.List;

/** What DL4J puts between layers of different kinds, as a part of its own. */
record PreProcessorPart(List<Section> all) implements Part {

  private static final List<String> KNOWN =
      List.of(
          "CnnToFeedForwardPreProcessor",
          "FeedForwardToCnnPreProcessor",
          "RnnToFeedForwardPreProcessor",
          "FeedForwardToRnnPreProcessor",
          "TensorFlowCnnToFeedForwardPreProcessor");

  static PreProcessorPart of(Section conf) {
    List<Section> all = new ArrayList<>();
    if (conf.type().equals("ComposableInputPreProcessor")) {
      all.addAll(conf.sections("inputPreProcessors"));
    } else {
      all.add(conf);
    }
    for (Section each : all) {
      if (!KNOWN.contains(each.type())) {
        each.problem(
            "has the preprocessor "
                + each.type()
                + "; there are those between rows and images, and rows and sequences");
      } else if (each.type().contains("Cnn")) {
        each.size("inputHeight");
        each.size("inputWidth");
        each.size("numChannels");
      }
    }
    return new PreProcessorPart(all);
  }

  @Override
  public String becomes() {
    return "Flatten or Reshape";
  }

  @Override
  public Flow build(Site site, List<Flow> inputs) {
    Flow flow = inputs.get(0);
    for (Section each : all) {
      flow =
          switch (each.type()) {
            case "CnnToFeedForwardPreProcessor" -> flat(site, each, flow);
            case "TensorFlowCnnToFeedForwardPreProcessor" -> plainly(site, flow);
            case "FeedForwardToCnnPreProcessor" -> image(site, each, flow);
            case "FeedForwardToRnnPreProcessor" -> site.require(flow, Form.SEQUENCE);
            default -> flow; // rows of a sequence keep their steps here
          };
    }
    return flow;
  }

  private static Flow flat(Site site, Section conf, Flow flow) {
    if (flow.form() == Form.ROW || flow.form() == Form.FLAT_IMAGE) {
      return flow;
    }
    site.require(flow, Form.IMAGE);
    List<Integer> said = sizes(conf);
    List<Integer> found = List.of(flow.size(1), flow.size(2), flow.size(3));
    if (!said.equals(found)) {
      throw site.reject(
          "flattens images of (height, width, channels) "
              + said
              + ", and gets "
              + found
              + "; is the size that you gave for the net's input the one it was trained with?");
    }
    return conf.text("format", "NCHW").equals("NHWC")
        ? plainly(site, flow)
        : flow.as(Form.FLAT_IMAGE);
  }

  private static Flow plainly(Site site, Flow flow) {
    if (flow.form() != Form.IMAGE) {
      return flow;
    }
    return new Flow(
        site.helper("flatten", Flatten.of()).apply(flow.tensor()), Form.ROW, flow.atLeastZero());
  }

  private static Flow image(Site site, Section conf, Flow flow) {
    List<Integer> size = sizes(conf);
    if (flow.form() == Form.IMAGE || flow.form() == Form.FLAT_IMAGE) {
      List<Integer> found = List.of(flow.size(1), flow.size(2), flow.size(3));
      if (!found.equals(size)) {
        throw site.reject("takes images (height, width, channels) " + size + ", and gets " + found);
      }
      return flow.as(Form.IMAGE);
    }
    site.require(flow, Form.ROW);
    if (conf.text("format", "NCHW").equals("NHWC")) {
      return new Flow(
          site.helper(
                  "to_image",
                  dev.tandem.core.layer.Reshape.of(size.get(0), size.get(1), size.get(2)))
              .apply(flow.tensor()),
          Form.IMAGE,
          flow.atLeastZero());
    }
    return site.image(flow, size.get(0), size.get(1), size.get(2));
  }

  static List<Integer> sizes(Section conf) {
    return List.of(conf.size("inputHeight"), conf.size("inputWidth"), conf.size("numChannels"));
  }
}
