package dev.tandem.bench.torch;

/** The nets of the tasks. */
record TorchNets(Layout layout) {

  private TorchNet net() {
    return new TorchNet(layout);
  }

  TorchNet classifier() {
    return net().linear(784, 512).relu().linear(512, 512).relu().linear(512, 10);
  }

  TorchNet ringGenerator() {
    return net().linear(2, 128).relu().linear(128, 128).relu().linear(128, 2);
  }

  TorchNet ringDiscriminator() {
    return net().linear(2, 128).leakyRelu().linear(128, 128).leakyRelu().linear(128, 1);
  }

  TorchNet generator28() {
    return net()
        .linear(100, 7 * 7 * 128)
        .image(128, 7)
        .norm(128)
        .leakyRelu()
        .up(128, 128)
        .norm(128)
        .leakyRelu()
        .up(128, 64)
        .norm(64)
        .leakyRelu()
        .conv(64, 1, 7, 1, 3)
        .tanh();
  }

  TorchNet discriminator28() {
    return net()
        .conv(1, 64, 4, 2, 1)
        .leakyRelu()
        .conv(64, 128, 4, 2, 1)
        .leakyRelu()
        .flat(7 * 7 * 128)
        .linear(7 * 7 * 128, 1);
  }

  TorchNet generator32() {
    return net()
        .linear(128, 4 * 4 * 256)
        .image(256, 4)
        .norm(256)
        .relu()
        .up(256, 128)
        .norm(128)
        .relu()
        .up(128, 64)
        .norm(64)
        .relu()
        .up(64, 3)
        .tanh();
  }

  TorchNet discriminator32() {
    return net()
        .conv(3, 64, 4, 2, 1)
        .leakyRelu()
        .conv(64, 128, 4, 2, 1)
        .leakyRelu()
        .conv(128, 256, 4, 2, 1)
        .leakyRelu()
        .flat(4 * 4 * 256)
        .linear(4 * 4 * 256, 1);
  }
}
