package dev.tandem.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.SpectralNormalization;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ModelWalkTest {

  private final Dense shared = Dense.units(2).named("shared");
  private final Layer wrapper = SpectralNormalization.of(Dense.units(2).named("inside"));
  private final Model inner = Model.sequential("inner", Input.of("i", 2), shared, wrapper);
  private final Model outer = outer();

  /** shared, then inner, then inner as in inference. */
  private Model outer() {
    Input x = Input.of("x", 2);
    return Model.of("outer", x, inner.inference().apply(inner.apply(shared.apply(x))));
  }

  /** What is said of each place; goes in everywhere, or as the visitor does by default. */
  private <T> List<T> walk(Operation root, boolean everywhere, Function<CallSite, T> answer) {
    List<T> answers = new ArrayList<>();
    ModelWalk.visit(
        root,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Model model, CallSite site) {
            answers.add(answer.apply(site));
            return everywhere || site.isFirst();
          }

          @Override
          public boolean enter(Layer layer, CallSite site) {
            answers.add(answer.apply(site));
            return everywhere || site.isFirst();
          }
        });
    return answers;
  }

  private List<String> paths(Predicate<CallSite> wanted) {
    return walk(outer, true, site -> wanted.test(site) ? site.path() : "-").stream()
        .filter(path -> !path.equals("-"))
        .toList();
  }

  @Test
  void visit_goingInEverywhere_meetsEachPlaceInOrderWithWrappedLayers() {
    String wrapped = "spectral_normalization";

    assertThat(paths(site -> true))
        .containsExactly(
            "",
            "shared",
            "inner",
            "inner/shared",
            "inner/" + wrapped,
            "inner/" + wrapped + "/inside",
            "inner",
            "inner/shared",
            "inner/" + wrapped,
            "inner/" + wrapped + "/inside");
  }

  @Test
  void visit_byDefault_goesIntoEachOperationOnce() {
    List<Boolean> first = walk(outer, false, CallSite::isFirst);

    assertThat(first).containsExactly(true, true, true, false, true, true, false);
  }

  @Test
  void site_inAFrozenModel_isNotLiveAndItsLayersAreNotFrozen() {
    inner.setTrainable(false);

    assertThat(paths(CallSite::isLive)).containsExactly("", "shared");
    assertThat(paths(CallSite::isFrozen)).containsExactly("inner", "inner");
  }

  @Test
  void site_inAFrozenWrapper_isFrozenWithIt() {
    wrapper.setTrainable(false);

    assertThat(paths(CallSite::isFrozen))
        .startsWith("inner/spectral_normalization", "inner/spectral_normalization/inside")
        .hasSize(4);
    assertThat(paths(CallSite::isLive))
        .contains("inner/shared")
        .noneMatch(path -> path.endsWith("inside"));
  }

  @Test
  void site_underACallAsInInference_isInInference() {
    List<Boolean> inference = walk(outer, true, CallSite::isInference);

    assertThat(inference.subList(0, 6)).containsOnly(false);
    assertThat(inference.subList(6, 10)).containsOnly(true);
  }

  @Test
  void visit_withFlagsOfAMoment_asksThem() {
    Flags before = Flags.of(outer);
    outer.setTrainable(false);
    List<Boolean> live = new ArrayList<>();

    ModelWalk.visit(
        outer,
        before,
        new ModelWalk.Visitor() {
          @Override
          public boolean enter(Model model, CallSite site) {
            live.add(site.isLive());
            return false;
          }
        });

    assertThat(live).containsExactly(true);
    assertThat(walk(outer, false, CallSite::isLive)).doesNotContain(true);
  }

  @Test
  void weights_ofALayerAndOfAModel_areThoseTheyHave() {
    assertThat(ModelWalk.weights(wrapper)).containsExactlyElementsOf(wrapper.weights());
    assertThat(ModelWalk.weights(outer)).containsExactlyElementsOf(outer.weights());
  }
}
