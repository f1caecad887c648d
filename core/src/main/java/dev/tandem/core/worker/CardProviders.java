package dev.tandem.core.worker;

import com.google.common.collect.ImmutableList;
import java.util.ServiceLoader;

/** The module for cards that is on the class path. */
final class CardProviders {

  private CardProviders() {}

  /** Workers with a card each. */
  static ThreadWorkers workers(int count) {
    ThreadWorkers.requireSome(count);
    return workers(count, ImmutableList.copyOf(ServiceLoader.load(CardProvider.class)));
  }

  static ThreadWorkers workers(int count, ImmutableList<CardProvider> all) {
    if (all.isEmpty()) {
      throw new IllegalStateException(
          "workers on cards need a module for cards, and none is on the class path; add"
              + " dev.tandem:tandem-cuda, or take Workers.threads("
              + count
              + ")");
    } else if (all.size() > 1) {
      throw new IllegalStateException(
          "several modules bring cards for workers: "
              + all.stream().map(one -> one.getClass().getName()).toList()
              + "; leave one of them on the class path");
    }
    all.get(0).require(count);
    return ThreadWorkers.onCards(count, all.get(0));
  }
}
