package dev.tandem.cuda.driver;

import dev.tandem.cuda.device.Command.ConvolutionKind;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.cudnn.cudnnConvolutionBwdDataAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionBwdFilterAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionFwdAlgoPerf_t;
import org.bytedeco.cuda.cudnn.cudnnConvolutionStruct;
import org.bytedeco.cuda.cudnn.cudnnFilterStruct;
import org.bytedeco.cuda.cudnn.cudnnTensorStruct;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * An algorithm of cuDNN's.
 *
 * @param number cuDNN's number for it, or -1 if there is none
 * @param workspace the bytes that it needs
 */
@SuppressWarnings("deprecation") // as its calls are; they say what is deterministic
record DnnAlgorithm(int number, long workspace) {

  private static final int MOST = 10;
  private static final long MOST_WORKSPACE = 256L << 20;

  /** One that cuDNN proposes. */
  record Candidate(int number, int status, int determinism) {

    /**
     * Whether it may be taken: it works here, and gives the same bits each time. The first of the
     * gradients' algorithms adds up in any order, whatever is said of it.
     */
    boolean isAllowed(ConvolutionKind kind) {
      int never =
          switch (kind) {
            case OUTPUT -> -1;
            case IMAGE_GRADIENT -> cudnn.CUDNN_CONVOLUTION_BWD_DATA_ALGO_0;
            case KERNEL_GRADIENT -> cudnn.CUDNN_CONVOLUTION_BWD_FILTER_ALGO_0;
          };
      return status == 0 && determinism == cudnn.CUDNN_DETERMINISTIC && number != never;
    }
  }

  /** Whether there is one. */
  boolean isThere() {
    return number >= 0;
  }

  /** None. */
  static final DnnAlgorithm NONE = new DnnAlgorithm(-1, 0);

  /**
   * Those that cuDNN proposes, the one first that it thinks fastest, of those that are allowed and
   * need little enough memory.
   */
  static List<DnnAlgorithm> allowed(
      cudnnContext handle,
      ConvolutionKind kind,
      cudnnTensorStruct image,
      cudnnFilterStruct kernel,
      cudnnConvolutionStruct way,
      cudnnTensorStruct output) {
    List<DnnAlgorithm> allowed = new ArrayList<>();
    try (SizeTPointer size = new SizeTPointer(1)) {
      for (Candidate candidate : candidates(handle, kind, image, kernel, way, output)) {
        if (candidate.isAllowed(kind)) {
          int status =
              switch (kind) {
                case OUTPUT ->
                    cudnn.cudnnGetConvolutionForwardWorkspaceSize(
                        handle, image, kernel, way, output, candidate.number(), size);
                case IMAGE_GRADIENT ->
                    cudnn.cudnnGetConvolutionBackwardDataWorkspaceSize(
                        handle, kernel, output, way, image, candidate.number(), size);
                case KERNEL_GRADIENT ->
                    cudnn.cudnnGetConvolutionBackwardFilterWorkspaceSize(
                        handle, image, output, way, kernel, candidate.number(), size);
              };
          if (status == 0 && size.get() <= MOST_WORKSPACE) {
            allowed.add(new DnnAlgorithm(candidate.number(), size.get()));
          }
        }
      }
    }
    return allowed;
  }

  private static List<Candidate> candidates(
      cudnnContext handle,
      ConvolutionKind kind,
      cudnnTensorStruct image,
      cudnnFilterStruct kernel,
      cudnnConvolutionStruct way,
      cudnnTensorStruct output) {
    int[] count = new int[1];
    List<Candidate> all = new ArrayList<>();
    switch (kind) {
      case OUTPUT -> {
        try (cudnnConvolutionFwdAlgoPerf_t found = new cudnnConvolutionFwdAlgoPerf_t(MOST)) {
          check(
              cudnn.cudnnGetConvolutionForwardAlgorithm_v7(
                  handle, image, kernel, way, output, MOST, count, found),
              count,
              "cudnnGetConvolutionForwardAlgorithm_v7");
          for (int i = 0; i < count[0]; i++) {
            cudnnConvolutionFwdAlgoPerf_t one = found.getPointer(i);
            all.add(new Candidate(one.algo(), one.status(), one.determinism()));
          }
        }
      }
      case IMAGE_GRADIENT -> {
        try (cudnnConvolutionBwdDataAlgoPerf_t found =
            new cudnnConvolutionBwdDataAlgoPerf_t(MOST)) {
          check(
              cudnn.cudnnGetConvolutionBackwardDataAlgorithm_v7(
                  handle, kernel, output, way, image, MOST, count, found),
              count,
              "cudnnGetConvolutionBackwardDataAlgorithm_v7");
          for (int i = 0; i < count[0]; i++) {
            cudnnConvolutionBwdDataAlgoPerf_t one = found.getPointer(i);
            all.add(new Candidate(one.algo(), one.status(), one.determinism()));
          }
        }
      }
      case KERNEL_GRADIENT -> {
        try (cudnnConvolutionBwdFilterAlgoPerf_t found =
            new cudnnConvolutionBwdFilterAlgoPerf_t(MOST)) {
          check(
              cudnn.cudnnGetConvolutionBackwardFilterAlgorithm_v7(
                  handle, image, output, way, kernel, MOST, count, found),
              count,
              "cudnnGetConvolutionBackwardFilterAlgorithm_v7");
          for (int i = 0; i < count[0]; i++) {
            cudnnConvolutionBwdFilterAlgoPerf_t one = found.getPointer(i);
            all.add(new Candidate(one.algo(), one.status(), one.determinism()));
          }
        }
      }
    }
    return all;
  }

  /** Takes "not supported" for "none"; any other error is one. */
  private static void check(int status, int[] count, String call) {
    if (isRefusal(status)) {
      count[0] = 0;
    } else {
      CudaStatus.dnn(status, call);
    }
  }

  /** Whether cuDNN says that it cannot do something: its numbers from 3000 on. */
  static boolean isRefusal(int status) {
    return status / 1000 == 3;
  }
}
