package dev.tandem.bench.tensorflow;

/** The nets of the tasks; images come in batches of 64. */
record TfNets(Tf tf) {

  private static final int BATCH = 64;

  private TfNet net() {
    return new TfNet(tf);
  }

  TfNet classifier() {
    return net().linear(784, 512).relu().linear(512, 512).relu().linear(512, 10);
  }

  TfNet ringGenerator() {
    return net().linear(2, 128).relu().linear(128, 128).relu().linear(128, 2);
  }

  TfNet ringDiscriminator() {
    return net().linear(2, 128).leakyRelu().linear(128, 128).leakyRelu().linear(128, 1);
  }

  TfNet generator28() {
    return net()
        .linear(100, 7 * 7 * 128)
        .reshape(-1, 7, 7, 128)
        .norm(128)
        .leakyRelu()
        .up(BATCH, 14, 128, 128)
        .norm(128)
        .leakyRelu()
        .up(BATCH, 28, 128, 64)
        .norm(64)
        .leakyRelu()
        .conv(64, 1, 7, 1)
        .tanh();
  }

  TfNet discriminator28() {
    return net()
        .conv(1, 64, 4, 2)
        .leakyRelu()
        .conv(64, 128, 4, 2)
        .leakyRelu()
        .reshape(-1, 7 * 7 * 128)
        .linear(7 * 7 * 128, 1);
  }

  TfNet generator32() {
    return net()
        .linear(128, 4 * 4 * 256)
        .reshape(-1, 4, 4, 256)
        .norm(256)
        .relu()
        .up(BATCH, 8, 256, 128)
        .norm(128)
        .relu()
        .up(BATCH, 16, 128, 64)
        .norm(64)
        .relu()
        .up(BATCH, 32, 64, 3)
        .tanh();
  }

  TfNet discriminator32() {
    return net()
        .conv(3, 64, 4, 2)
        .leakyRelu()
        .conv(64, 128, 4, 2)
        .leakyRelu()
        .conv(128, 256, 4, 2)
        .leakyRelu()
        .reshape(-1, 4 * 4 * 256)
        .linear(4 * 4 * 256, 1);
  }

  /** Its steps are unrolled: the block kernels of LSTMs have no gradients in C++. */
  TfNet sequenceClassifier() {
    return net().lastOfLstm(400, 32, 128).linear(128, 10);
  }

  TfNet embedding28() {
    return net()
        .conv(1, 32, 3, 2)
        .relu()
        .conv(32, 64, 3, 2)
        .relu()
        .reshape(-1, 7 * 7 * 64)
        .linear(7 * 7 * 64, 128);
  }
}
