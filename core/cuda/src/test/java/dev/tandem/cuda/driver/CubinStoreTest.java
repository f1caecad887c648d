package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CubinStoreTest {

  @TempDir Path folder;

  private int compiled;

  private byte[] compile() {
    compiled++;
    return new byte[] {1, 2, (byte) compiled};
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void code_askedForTwice_isCompiledOnce() throws IOException {
    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 1);
    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 1);
    assertThat(new CubinStore(folder).get("b", this::compile)).containsExactly(1, 2, 2);
    assertThat(files()).hasSize(2).allSatisfy(file -> assertThat(file).hasExtension("cubin"));
  }

  @Test
  void file_withOneByteChanged_isCompiledAnewAndReplaced() throws IOException {
    new CubinStore(folder).get("a", this::compile);
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 2);
    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 2);
  }

  @Test
  void file_cutShort_isCompiledAnew() throws IOException {
    new CubinStore(folder).get("a", this::compile);
    Files.write(files().get(0), new byte[0]);

    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 2);
  }

  @Test
  void folder_thatCannotBeWritten_costsTheCompilationAlone() throws IOException {
    Path file = Files.createFile(folder.resolve("no-folder"));
    CubinStore store = new CubinStore(file.resolve("within"));

    assertThat(store.get("a", this::compile)).containsExactly(1, 2, 1);
    assertThat(store.get("a", this::compile)).containsExactly(1, 2, 2);
    assertThat(store.keep("text")).startsWith("nowhere").contains(file.toString());
  }

  @Test
  void compiler_thatRefuses_leavesNoFile() throws IOException {
    CubinStore store = new CubinStore(folder);

    assertThatThrownBy(
            () ->
                store.get(
                    "a",
                    () -> {
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");
    assertThat(files()).isEmpty();
  }

  @Test
  void text_thatWasRefused_isKept() throws IOException {
    String path = new CubinStore(folder).keep("__global__ …");

    assertThat(Files.readString(Path.of(path), StandardCharsets.UTF_8)).isEqualTo("__global__ …");
    assertThat(path).endsWith(".cu");
  }

  @Test
  void folder_ofAUser_followsTheCacheSetting() {
    assertThat(CubinStore.folder(Map.of(), "/home/a"))
        .isEqualTo(Path.of("/home/a/.cache/tandem/cuda"));
    assertThat(CubinStore.folder(Map.of("XDG_CACHE_HOME", "/c"), "/home/a"))
        .isEqualTo(Path.of("/c/tandem/cuda"));
  }

  @Test
  void store_usedByManyAtOnce_givesEachWholeCode() throws Exception {
    byte[] code = new byte[100_000];
    java.util.Arrays.fill(code, (byte) 7);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<byte[]>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String source = "kernel " + i % 3;
        all.add(pool.submit(() -> new CubinStore(folder).get(source, code::clone)));
      }
      for (Future<byte[]> one : all) {
        assertThat(one.get()).isEqualTo(code);
      }
    } finally {
      pool.shutdown();
    }
    assertThat(files()).hasSize(3).allSatisfy(file -> assertThat(file).hasExtension("cubin"));
  }

  private Path aged(String name, int bytes, Instant used) throws IOException {
    Path file = Files.write(folder.resolve(name), new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.from(used));
    return file;
  }

  @Test
  void trim_ofMoreThanFits_deletesWhatWasUsedLongestAgo() throws IOException {
    Instant now = Instant.now();
    aged("a.cubin", 100, now.minus(3, ChronoUnit.DAYS));
    Path second = aged("b.cubin", 100, now.minus(2, ChronoUnit.DAYS));
    Path third = aged("c.cubin", 100, now.minus(1, ChronoUnit.DAYS));
    Path foreign = aged("notes.txt", 1000, now.minus(400, ChronoUnit.DAYS));

    KernelCache.trim(folder, 250, now);

    assertThat(files()).containsExactlyInAnyOrder(second, third, foreign);
    assertThat(KernelCache.of(folder)).isEqualTo(new KernelCache(folder, 2, 200));
  }

  @Test
  void trim_ofWhatFits_deletesWhatIsOldOrWasNeverFinished() throws IOException {
    Instant now = Instant.now();
    aged("a.cubin", 10, now.minus(91, ChronoUnit.DAYS));
    aged("refused-a.cu", 10, now.minus(91, ChronoUnit.DAYS));
    aged("made1.tmp", 10, now.minus(2, ChronoUnit.HOURS));
    Path used = aged("b.cubin", 10, now.minus(89, ChronoUnit.DAYS));
    Path making = aged("made2.tmp", 10, now.minus(1, ChronoUnit.MINUTES));

    KernelCache.trim(folder, 0, now);
    assertThat(files()).containsExactly(making);
    Files.write(used, new byte[10]);
    KernelCache.trim(folder, 1000, now);
    assertThat(files()).containsExactlyInAnyOrder(used, making);
  }

  @Test
  void code_thatIsRead_isNotOld() throws IOException {
    new CubinStore(folder).get("a", this::compile);
    Path file = files().get(0);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(89, ChronoUnit.DAYS)));

    new CubinStore(folder).get("a", this::compile);
    KernelCache.trim(folder, 1000, Instant.now().plus(2, ChronoUnit.DAYS));

    assertThat(files()).containsExactly(file);
    assertThat(compiled).isEqualTo(1);
  }

  @Test
  void trim_withoutAFolder_doesNothing() {
    KernelCache.trim(folder.resolve("none"), 0, Instant.now());

    assertThat(KernelCache.of(folder.resolve("none")).bytes()).isZero();
  }
}
