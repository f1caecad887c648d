package dev.tandem.core.optimizer;

import java.util.List;
import java.util.function.Function;

/**
 * An optimizer with where it goes from (1, −2, 0.5) by the gradients of {@link #GRADIENTS} at a
 * rate of 0.1.
 *
 * @param optimizer at a rate of a schedule
 * @param reference its formulas, written plainly
 * @param expected the last weight
 */
record OptimizerSample(
    Function<Schedule, Optimizer> optimizer, PlainOptimizer reference, double... expected) {

  static final double[] START = {1, -2, .5};

  static final double[][] GRADIENTS = {
    {.5, -1, 2}, {-.25, 3, .1}, {1, 1, -1}, {.5, 0, -4}, {-2, .25, .125}, {.75, -.5, 1.5}
  };

  /**
   * Every optimizer: a new one is one more line here. The numbers are Keras 3.15.1's with float64
   * weights, but for AdaBelief, which it does not have.
   */
  static List<OptimizerSample> all() {
    return List.of(
        of(Sgd::rate, PlainOptimizer.sgd(0, false), .95, -2.275, .6275),
        of(
            rate -> Sgd.rate(rate).momentum(.9),
            PlainOptimizer.sgd(.9, false),
            .693698,
            -3.101371,
            .776081),
        of(
            rate -> Sgd.rate(rate).momentum(.9).nesterov(),
            PlainOptimizer.sgd(.9, true),
            .6743282,
            -3.2662339,
            .8759729),
        of(
            RmsProp::rate,
            PlainOptimizer.rmsProp(.9, 0, 1e-7, false),
            .58788023962,
            -2.05591495294,
            .484462555228),
        of(
            rate -> RmsProp.rate(rate).rho(.8).momentum(.5),
            PlainOptimizer.rmsProp(.8, .5, 1e-7, false),
            .434821707388,
            -2.10013334753,
            .518633162258),
        of(
            rate -> RmsProp.rate(rate).centered(),
            PlainOptimizer.rmsProp(.9, 0, 1e-7, true),
            .541981934212,
            -2.05018098829,
            .475229582828),
        of(
            rate -> RmsProp.rate(rate).centered().momentum(.5).epsilon(1e-3),
            PlainOptimizer.rmsProp(.9, .5, 1e-3, true),
            .136669261425,
            -2.12601382024,
            .486042233569),
        of(
            Adam::rate,
            PlainOptimizer.adam(.9, .999, 1e-7, false, 0),
            .744098419543,
            -2.12177788497,
            .398257242294),
        of(
            rate -> Adam.rate(rate).beta1(.5).beta2(.9).epsilon(1e-3),
            PlainOptimizer.adam(.5, .9, 1e-3, false, 0),
            .801456161073,
            -2.10369265707,
            .497427328626),
        of(
            rate -> Adam.rate(rate).beta1(0).beta2(.9),
            PlainOptimizer.adam(0, .9, 1e-7, false, 0),
            .844784926647,
            -2.06206658793,
            .557366796538),
        of(
            rate -> Adam.rate(rate).beta2(.7).amsgrad(),
            PlainOptimizer.adam(.9, .7, 1e-7, true, 0),
            .753420636295,
            -2.0909471394,
            .389296880427),
        of(
            rate -> Adam.rate(rate).beta1(.5).epsilon(1e-3).beta2(Schedules.constant(.9)),
            PlainOptimizer.adam(.5, .9, 1e-3, false, 0),
            .801456161073,
            -2.10369265707,
            .497427328626),
        of(
            rate -> Adam.rate(rate).beta1(.5).beta2(Schedules.linearDecay(.9, 4, .99)),
            (w, gradient, slots, step, rate) -> {
              double beta2 = .9 + .09 * Math.min(step - 1, 4) / 4;
              return PlainOptimizer.adam(.5, beta2, 1e-7, false, 0)
                  .move(w, gradient, slots, step, rate);
            }),
        of(
            AdamW::rate,
            PlainOptimizer.adam(.9, .999, 1e-7, false, .004),
            .742074805197,
            -2.1169831848,
            .397347659965),
        of(
            rate -> AdamW.rate(rate).decay(.1).beta2(.7).amsgrad(),
            PlainOptimizer.adam(.9, .7, 1e-7, true, .1),
            .703876728773,
            -1.97437278899,
            .367077169508),
        of(
            Adamax::rate,
            PlainOptimizer.adamax(.9, .999, 1e-7),
            .794874343616,
            -2.03192296185,
            .384912052728),
        of(
            rate -> Adamax.rate(rate).beta1(.5).beta2(.7).epsilon(1e-3),
            PlainOptimizer.adamax(.5, .7, 1e-3),
            .805722373758,
            -2.09173309704,
            .453224283333),
        of(
            Nadam::rate,
            PlainOptimizer.nadam(.9, .999, 1e-7),
            .842586796094,
            -2.04329692873,
            .492472382779),
        of(
            rate -> Nadam.rate(rate).beta1(.5).beta2(.9).epsilon(1e-3),
            PlainOptimizer.nadam(.5, .9, 1e-3),
            .822900100812,
            -2.06292006317,
            .53130423238),
        of(
            AdaGrad::rate,
            PlainOptimizer.adaGrad(.1, 1e-7),
            .885478093651,
            -2.02174837881,
            .493846793531),
        of(
            rate -> AdaGrad.rate(rate).initial(0).epsilon(1e-3),
            PlainOptimizer.adaGrad(0, 1e-3),
            .872098355842,
            -2.01771420798,
            .493139159674),
        of(
            AdaDelta::rate,
            PlainOptimizer.adaDelta(.95, 1e-7),
            .999777296991,
            -2.00011129647,
            .500030829826),
        of(
            rate -> AdaDelta.rate(step -> 10 * rate.at(step)).rho(.8).epsilon(1e-3),
            PlainOptimizer.adaDelta(.8, 1e-3).faster(10),
            .882529664118,
            -2.05711399013,
            .515004322693),
        of(AdaBelief::rate, PlainOptimizer.adaBelief(.9, .999, 1e-16)),
        of(
            rate -> AdaBelief.rate(rate).beta1(.5).beta2(.9).epsilon(1e-3),
            PlainOptimizer.adaBelief(.5, .9, 1e-3)));
  }

  private static OptimizerSample of(
      Function<Schedule, Optimizer> optimizer, PlainOptimizer reference, double... expected) {
    return new OptimizerSample(optimizer, reference, expected);
  }

  /** The optimizer at a rate of 0.1. */
  Optimizer atOneTenth() {
    return optimizer.apply(Schedules.constant(.1));
  }

  @Override
  public String toString() {
    return atOneTenth().toString();
  }
}
