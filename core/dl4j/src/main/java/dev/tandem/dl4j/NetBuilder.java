package dev.tandem.dl4j;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.GaussianNoise;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Builds a model of a net: plans first, then the drawing, then the weights. */
final class NetBuilder {

  private record Planned(
      Step step,
      @Nullable Part before,
      Part part,
      @Nullable Layer noise,
      Map<String, Long> offsets) {

    long parameters() {
      return part.params().stream().mapToLong(Param::length).sum();
    }
  }

  private final Net net;
  private final Problems problems;
  private final Map<String, Shape> given;
  private final boolean channelsLast;
  private final List<Planned> planned = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long expected;

  NetBuilder(Net net, Map<String, Shape> given, Problems problems) {
    this.net = net;
    this.given = given;
    this.problems = problems;
    this.channelsLast = net.steps().stream().anyMatch(NetBuilder::isChannelsLast);
  }

  private static boolean isChannelsLast(Step step) {
    return step.conf().text("cnn2dDataFormat", "").equals("NHWC")
        || step.conf().text("cnn2DFormat", "").equals("NHWC");
  }

  Dl4jNet build(ZipContents zip, String name) {
    net.steps().forEach(this::plan);
    Map<String, Flow> flows = new LinkedHashMap<>();
    InputShapes shapes = new InputShapes(net, given, problems);
    for (String input : net.inputs()) {
      Flow flow = shapes.of(input);
      if (flow != null) {
        flows.put(input, flow);
      }
    }
    problems.check();
    Coefficients coefficients = Coefficients.read(zip, expected, net.dataType(), problems);
    List<SymbolicTensor> inputs = flows.values().stream().map(Flow::tensor).toList();
    List<Site.Filling> fillings = new ArrayList<>();
    ImmutableList.Builder<Dl4jReport.Part> parts = ImmutableList.builder();
    Set<String> names = new HashSet<>(net.inputs());
    net.steps().forEach(step -> names.add(step.name()));
    for (Planned each : planned) {
      Site site = new Site(each.step(), names, param -> array(coefficients, each, param));
      Flow flow = draw(each, site, flows);
      flows.put(each.step().name(), flow);
      fillings.addAll(site.fillings());
      notes.addAll(site.notes());
      parts.add(row(each, flow));
    }
    Model model = Model.of(name, inputs, outputs(flows, names));
    for (Site.Filling filling : fillings) {
      fill(filling);
    }
    new NetNotes(net, zip, notes).write();
    return new Dl4jNet(
        model, new Dl4jReport(net.kind(), parts.build(), expected, ImmutableList.copyOf(notes)));
  }

  private static void fill(Site.Filling filling) {
    INDArray values = filling.values().castTo(filling.weight().spec().dtype());
    filling.weight().set(values.reshape(filling.weight().shape().toArray()));
  }

  private void plan(Step step) {
    Part part = Parts.of(step, channelsLast);
    Part before = step.preProcessor() == null ? null : PreProcessorPart.of(step.preProcessor());
    Layer noise = noise(step);
    if (part == null) {
      return;
    }
    Map<String, Long> offsets = new HashMap<>();
    for (Param param : part.params()) {
      offsets.put(param.name(), expected);
      try {
        expected = Math.addExact(expected, param.length());
      } catch (ArithmeticException e) {
        step.conf().problem("asks for more than 2^63 parameters");
        return;
      }
    }
    planned.add(new Planned(step, before, part, noise, offsets));
  }

  /** What DL4J does to a layer's input in training; null if nothing. */
  private @Nullable Layer noise(Step step) {
    Section conf = step.conf().section("idropout");
    if (!conf.exists()) {
      return null;
    }
    if (step.frozen()) {
      notes.add("\"" + step.name() + "\": frozen, so without its dropout, as in DL4J");
      return null;
    }
    return switch (conf.type()) {
      case "Dropout" -> dropout(conf);
      case "GaussianNoise" -> GaussianNoise.deviation(conf.number("stddev", 0));
      default -> {
        conf.problem("has " + conf.type() + "; there are Dropout and GaussianNoise");
        yield null;
      }
    };
  }

  private static @Nullable Layer dropout(Section conf) {
    double kept = conf.number("p", 1);
    if (kept <= 0 || kept > 1 || conf.has("pSchedule")) {
      conf.problem("keeps a share of " + kept + " by its dropout, or by a schedule");
      return null;
    }
    return kept == 1 ? null : Dropout.rate(1 - kept);
  }

  private static INDArray array(Coefficients coefficients, Planned planned, String name) {
    for (Param param : planned.part().params()) {
      if (param.name().equals(name)) {
        return coefficients.get(param, planned.offsets().getOrDefault(name, 0L));
      }
    }
    throw new IllegalStateException(planned.step() + " has no parameter " + name);
  }

  private Flow draw(Planned planned, Site site, Map<String, Flow> flows) {
    Step step = planned.step();
    List<Flow> inputs = new ArrayList<>();
    for (String input : step.inputs()) {
      Flow flow = flows.get(input);
      if (flow == null) {
        throw problems.fail(step.conf().place() + " reads \"" + input + "\", which is not there");
      }
      inputs.add(flow);
    }
    try {
      if (planned.before() != null) {
        inputs = List.of(planned.before().build(site, inputs));
      }
      if (planned.noise() != null) {
        Flow x = inputs.get(0);
        String what = planned.noise() instanceof Dropout ? "dropout" : "noise";
        SymbolicTensor y = site.helper(what, planned.noise()).apply(x.tensor());
        inputs = List.of(new Flow(y, x.form(), x.atLeastZero()));
      }
      return planned.part().build(site, inputs);
    } catch (IllegalArgumentException e) {
      throw problems.fail("cannot become a model: " + step.conf().place() + " " + e.getMessage());
    }
  }

  private static Dl4jReport.Part row(Planned planned, Flow flow) {
    return new Dl4jReport.Part(
        planned.step().name(),
        planned.step().conf().type(),
        planned.part().becomes(),
        flow.tensor().spec().shape().toString(),
        planned.parameters(),
        planned.step().frozen());
  }

  /** The outputs; flattened images in DL4J's order. */
  private List<SymbolicTensor> outputs(Map<String, Flow> flows, Set<String> names) {
    List<SymbolicTensor> outputs = new ArrayList<>();
    for (Step step : net.steps()) {
      if (net.outputs().contains(step.name())) {
        Site site = new Site(step, names, param -> Nd4j.empty());
        flows.computeIfPresent(step.name(), (n, flow) -> site.rows(flow));
      }
    }
    for (String output : net.outputs()) {
      Flow flow = flows.get(output);
      if (flow == null) {
        throw problems.fail("has the output \"" + output + "\", which is not there");
      }
      outputs.add(flow.tensor());
    }
    return outputs;
  }
}
