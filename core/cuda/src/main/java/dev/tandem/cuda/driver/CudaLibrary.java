package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableList;

/** What has to be installed for a card, in the order in which it is loaded. */
public enum CudaLibrary {
  /** The driver. */
  DRIVER("NVIDIA's driver", "driver 580 or newer", "install NVIDIA's driver", "libcuda.so.1"),
  /** The runtime: memory, streams, graphs. */
  RUNTIME("CUDA runtime", "version 13", "install the CUDA toolkit", "libcudart.so.13"),
  /** The compiler of kernels. */
  NVRTC("NVRTC", "version 13", "install the CUDA toolkit", "libnvrtc.so.13"),
  /** Matrix products with what comes after them. */
  CUBLAS_LT("cuBLASLt", "version 13", "install the CUDA toolkit", "libcublasLt.so.13"),
  /** Matrix products. */
  CUBLAS("cuBLAS", "version 13", "install the CUDA toolkit", "libcublas.so.13"),
  /** Convolutions. */
  CUDNN(
      "cuDNN",
      "version 9 for CUDA 13",
      "install cuDNN",
      "libcudnn_graph.so.9",
      "libcudnn_ops.so.9",
      "libcudnn_cnn.so.9",
      "libcudnn_adv.so.9",
      "libcudnn.so.9"),
  /** What several cards exchange by; one alone does not need it. */
  NCCL("NCCL", "version 2 for CUDA 13", "install NCCL (package libnccl2)", "libnccl.so.2");

  private final String title;
  private final String version;
  private final String step;
  private final ImmutableList<String> files;

  CudaLibrary(String title, String version, String step, String... files) {
    this.title = title;
    this.version = version;
    this.step = step;
    this.files = ImmutableList.copyOf(files);
  }

  /** Whether every card needs it, and not just several that exchange. */
  public boolean isOfEveryCard() {
    return this != NCCL;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  /** The version that is asked for, as in {@code version 13}. */
  public String wanted() {
    return version;
  }

  /** What to do if it is missing. */
  public String remedy() {
    return step + ", " + version;
  }

  /** The file that it is known by. */
  public String mainFile() {
    return files.get(files.size() - 1);
  }

  /** The files that are loaded, in this order, as they are named on Linux. */
  public ImmutableList<String> files() {
    return files;
  }
}
