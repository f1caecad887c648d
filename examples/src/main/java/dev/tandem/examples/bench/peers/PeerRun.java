package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.support.ChildProcess;
import dev.tandem.examples.bench.support.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Goes through the rounds: for each workload, each round runs each system once. */
public final class PeerRun {

  private final PeerPlan plan;
  private final Repository repository;
  private final ImmutableList<? extends Peer> competitors;
  private final PeerBuild builds;
  private final PrintWriter out;
  private final Results results = new Results();
  private final Map<String, String> classPaths = new LinkedHashMap<>();
  private final Map<String, Outcome> unbuilt = new LinkedHashMap<>();

  PeerRun(
      PeerPlan plan,
      Repository repository,
      ImmutableList<? extends Peer> competitors,
      PrintWriter out) {
    this.plan = plan;
    this.repository = repository;
    this.competitors = competitors;
    this.out = out;
    builds = new PeerBuild(repository);
  }

  /**
   * A run in the source tree that this application was built in.
   *
   * @throws IllegalStateException if it was not built in one
   */
  public static PeerRun of(PeerPlan plan, PrintWriter out) {
    Repository repository = Repository.find();
    ImmutableList<? extends Peer> all =
        plan.onCard() ? CardPeers.found(repository, out) : Competitors.all(repository);
    ImmutableList<Peer> chosen =
        all.stream().filter(plan::includes).collect(ImmutableList.toImmutableList());
    return new PeerRun(plan, repository, chosen, out);
  }

  /**
   * Builds, measures, prints the tables and writes them, after each workload anew.
   *
   * @return whether every system measured or cannot
   */
  public boolean run() {
    ReportFiles files =
        new ReportFiles(plan.page().orElseGet(() -> repository.page(plan.onCard())));
    files.check();
    competitors.forEach(this::build);
    ImmutableMap<String, String> versions = versions();
    Setting setting = Setting.here(Machine.threads(), plan.rounds(), versions);
    Report report = new Report(setting, results);
    for (Task task : plan.tasks()) {
      for (int round = 1; round <= plan.rounds(); round++) {
        for (Peer competitor : competitors) {
          if (!results.isSettled(competitor.name(), task)) {
            measure(competitor, task, round);
          }
        }
      }
      files.write(report, new JsonReport(setting, results));
    }
    out.println();
    out.print(report.text());
    out.println("\nwritten to " + files.page() + " and " + files.json());
    out.flush();
    return results.isWithoutFailure();
  }

  private void build(Peer competitor) {
    try {
      String classPath =
          competitor.module().isEmpty()
              ? System.getProperty("java.class.path")
              : builds.classPath(competitor.module().get());
      if (!competitor.preparation().isEmpty()) {
        builds.prepare(competitor.name(), competitor.preparation());
      }
      classPaths.put(competitor.name(), classPath);
    } catch (PeerBuild.BuildFailure failure) {
      unbuilt.put(competitor.name(), failure.outcome());
    }
  }

  private ImmutableMap<String, String> versions() {
    ImmutableMap.Builder<String, String> versions = ImmutableMap.builder();
    for (Peer competitor : competitors) {
      String classPath = classPaths.get(competitor.name());
      if (classPath != null) {
        versions.put(competitor.name(), competitor.version(classPath));
      }
    }
    return versions.buildOrThrow();
  }

  private void measure(Peer competitor, Task task, int round) {
    String label = competitor.name() + " " + task.label();
    Outcome outcome = unbuilt.get(competitor.name());
    Path log;
    if (outcome != null) {
      log = builds.log(competitor.module().orElse(competitor.name()));
    } else {
      log =
          repository.logs().resolve(competitor.name() + "-" + task.label() + "-" + round + ".log");
      ChildProcess process =
          competitor.process(
              Objects.requireNonNull(classPaths.get(competitor.name())),
              Machine.threads(),
              task,
              plan.steps(competitor, task));
      outcome = Outcome.of(label, process.run(log, plan.limit()), plan.limit().toSeconds());
    }
    results.add(competitor.name(), task, outcome);
    tell(round, label, outcome, log);
  }

  private void tell(int round, String label, Outcome outcome, Path log) {
    String head = "round " + round + " " + label + ": ";
    if (outcome instanceof Outcome.Measured measured) {
      out.printf(Locale.ROOT, "%s%.3f ms%n", head, measured.figures().median());
    } else if (outcome instanceof Outcome.Unsupported unsupported) {
      out.println(head + "unsupported, " + unsupported.reason());
    } else if (outcome instanceof Outcome.Failed failed) {
      out.println(head + "FAILED, it " + failed.reason() + "; its last lines, all in " + log + ":");
      failed.lastLines().forEach(line -> out.println("  " + line));
    }
    out.flush();
  }
}
