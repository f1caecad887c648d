package dev.tandem.cuda.driver;

import org.bytedeco.cuda.cublas.cublasLtContext;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudnn;
import org.jspecify.annotations.Nullable;

/** The stream of a card and the libraries that work on it, each begun when it is first needed. */
final class Handles implements AutoCloseable {

  private final CUstream_st stream;
  private final Scope scope = new Scope();
  private @Nullable cublasLtContext blas;
  private @Nullable cudnnContext dnn;

  Handles(CUstream_st stream) {
    this.stream = stream;
  }

  CUstream_st stream() {
    return stream;
  }

  cublasLtContext blas() {
    if (blas == null) {
      cublasLtContext made = new cublasLtContext();
      CudaStatus.blas(cublas.cublasLtCreate(made), "cublasLtCreate");
      scope.onClose(() -> cublas.cublasLtDestroy(made));
      blas = made;
    }
    return blas;
  }

  cudnnContext dnn() {
    if (dnn == null) {
      cudnnContext made = new cudnnContext();
      CudaStatus.dnn(cudnn.cudnnCreate(made), "cudnnCreate");
      scope.onClose(() -> cudnn.cudnnDestroy(made));
      CudaStatus.dnn(cudnn.cudnnSetStream(made, stream), "cudnnSetStream");
      dnn = made;
    }
    return dnn;
  }

  @Override
  public void close() {
    scope.close();
    blas = null;
    dnn = null;
  }
}
