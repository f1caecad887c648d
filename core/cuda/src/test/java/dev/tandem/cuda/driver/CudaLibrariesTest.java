package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.cuda.device.DeviceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaLibrariesTest {

  @TempDir Path folder;

  private void put(String name) throws IOException {
    Files.createFile(folder.resolve(name));
  }

  private void putAll() throws IOException {
    for (CudaLibrary library : CudaLibrary.values()) {
      for (String file : library.files()) {
        put(file);
      }
    }
  }

  private CudaLibraries find() {
    return CudaLibraries.find(
        CudaLibraries.PLATFORM,
        new LibrarySearch(ImmutableList.of(folder), ImmutableMap.of(), ImmutableList.of()));
  }

  @Test
  void libraries_allThere_areComplete() throws IOException {
    putAll();

    CudaLibraries libraries = find();

    libraries.require();
    assertThat(libraries.isComplete()).isTrue();
    assertThat(libraries.part(CudaLibrary.NVRTC).describe())
        .isEqualTo("NVRTC 13: " + folder.resolve("libnvrtc.so.13"));
  }

  @Test
  void libraries_oneFileMissing_nameItItsVersionAndWhereWasLooked() throws IOException {
    putAll();
    Files.delete(folder.resolve("libcudnn_ops.so.9"));

    CudaLibraries libraries = find();

    assertThat(libraries.missing())
        .extracting(CudaPart::library)
        .containsExactly(CudaLibrary.CUDNN);
    assertThatThrownBy(libraries::require)
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("cuDNN: no libcudnn_ops.so.9; install cuDNN, version 9 for CUDA 13")
        .hasMessageContaining("looked in " + folder + ", ldconfig -p")
        .hasMessageContaining("LD_LIBRARY_PATH")
        .hasMessageNotContaining("NVRTC");
  }

  @Test
  void nccl_whereItIsMissing_keepsSeveralCardsFromExchangingAndOneFromNothing() throws IOException {
    putAll();
    Files.delete(folder.resolve("libnccl.so.2"));

    CudaLibraries libraries = find();

    libraries.require();
    assertThat(libraries.isComplete()).isTrue();
    assertThatThrownBy(libraries::requireForSeveral)
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("several cards cannot exchange here")
        .hasMessageContaining("NCCL: no libnccl.so.2; install NCCL (package libnccl2), version 2")
        .hasMessageContaining("looked in " + folder);
  }

  @Test
  void libraries_ofAnotherVersion_areNamedAsOfNoUse() throws IOException {
    put("libcudart.so.12");

    assertThat(find().part(CudaLibrary.RUNTIME).describe())
        .contains("no libcudart.so.13", "of no use: " + folder.resolve("libcudart.so.12"));
  }

  @Test
  void libraries_onAnotherSystem_areNotAskedFor() {
    CudaLibraries libraries =
        CudaLibraries.find(
            "windows-x86_64",
            new LibrarySearch(ImmutableList.of(), ImmutableMap.of(), ImmutableList.of()));

    assertThatThrownBy(libraries::require)
        .hasMessageContaining("linux-x86_64 alone, and this is windows-x86_64");
  }

  @Test
  void version_ofALink_isThatOfItsFile() throws IOException {
    put("libnvrtc.so.13.0.88");
    Path link = folder.resolve("libnvrtc.so.13");
    Files.createSymbolicLink(link, folder.resolve("libnvrtc.so.13.0.88"));

    assertThat(LibrarySearch.version(link)).isEqualTo("13.0.88");
  }

  @Test
  void search_withSeveralPlaces_takesNamedOnesThenTheSystemsThenToolkits() throws IOException {
    Path named = Files.createDirectory(folder.resolve("named"));
    Path system = Files.createDirectory(folder.resolve("system"));
    Path toolkit = Files.createDirectories(folder.resolve("cuda-13.0").resolve("lib64"));
    Files.createSymbolicLink(folder.resolve("cuda"), folder.resolve("cuda-13.0"));
    for (Path place : ImmutableList.of(named, system, toolkit)) {
      Files.createFile(place.resolve("libcuda.so.1"));
    }
    ImmutableList<Path> toolkits = LibrarySearch.toolkits(folder);
    LibrarySearch search =
        new LibrarySearch(
            ImmutableList.of(named),
            ImmutableMap.of("libcuda.so.1", system.resolve("libcuda.so.1")),
            toolkits);

    assertThat(toolkits).containsExactly(folder.resolve("cuda").resolve("lib64"));
    assertThat(search.find("libcuda.so.1")).contains(named.resolve("libcuda.so.1"));
    Files.delete(named.resolve("libcuda.so.1"));
    assertThat(search.find("libcuda.so.1")).contains(system.resolve("libcuda.so.1"));
    Files.delete(system.resolve("libcuda.so.1"));
    assertThat(search.find("libcuda.so.1")).contains(toolkits.get(0).resolve("libcuda.so.1"));
    assertThat(search.find("libcudart.so.13")).isEmpty();
  }

  @Test
  void systemsList_withSeveralProcessors_givesThatOfThisOne() {
    assertThat(
            LibrarySearch.parse(
                """
                3 libs found in cache
                \tlibcuda.so.1 (libc6) => /lib32/libcuda.so.1
                \tlibcuda.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libcuda.so.1
                \tlibcuda.so.1 (libc6,x86-64) => /other/libcuda.so.1
                """))
        .containsExactly(
            java.util.Map.entry("libcuda.so.1", Path.of("/lib/x86_64-linux-gnu/libcuda.so.1")));
  }

  @Test
  void find_onThisMachine_describesEachLibrary() {
    CudaLibraries libraries = CudaLibraries.find();

    assertThat(libraries.parts()).hasSize(CudaLibrary.values().length);
    assertThat(libraries.parts())
        .allSatisfy(part -> assertThat(part.describe()).startsWith(part.library().title()));
  }
}
