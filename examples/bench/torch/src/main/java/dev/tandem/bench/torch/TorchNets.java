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

  TorchNet sequenceClassifier() {
    return net().lastOfLstm(32, 128).linear(128, 10);
  }

  TorchNet embedding28() {
    return net()
        .conv(1, 32, 3, 2, 1)
        .relu()
        .conv(32, 64, 3, 2, 1)
        .relu()
        .flat(7 * 7 * 64)
        .linear(7 * 7 * 64, 128);
  }

  TorchNet languageModel() {
    TorchNet model = net().embedding(256, 128).places(128, 128);
    for (int layer = 0; layer < 4; layer++) {
      model.besideShortcut(net().layerNorm(128).causalAttention(4, 128));
      model.besideShortcut(net().layerNorm(128).linear(128, 512).gelu().linear(512, 128));
    }
    return model.layerNorm(128).linear(128, 256);
  }

  TorchNet resnet20() {
    TorchNet model = normed(net(), 3, 16, 3, 1).relu();
    long in = 16;
    for (long filters = 16; filters <= 64; filters *= 2) {
      for (int block = 0; block < 3; block++) {
        long stride = in == filters ? 1 : 2;
        TorchNet inner =
            normed(normed(net(), in, filters, 3, stride).relu(), filters, filters, 3, 1);
        if (in == filters) {
          model.besideShortcut(inner);
        } else {
          model.beside(inner, normed(net(), in, filters, 1, stride));
        }
        model.relu();
        in = filters;
      }
    }
    return model.means().linear(64, 10);
  }

  private static TorchNet normed(TorchNet net, long in, long filters, long kernel, long stride) {
    return net.conv(in, filters, kernel, stride, kernel / 2, false).norm(filters);
  }
}
