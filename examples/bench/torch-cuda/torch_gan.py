#!/usr/bin/env python3
"""The benchmark's training steps in PyTorch on an NVIDIA card.

    python3 torch_gan.py MODE[,MODE...] WORKLOAD[,WORKLOAD...] [ITERS [WARMUP]] [--precision P[,P...]]

MODE: eager; channelslast (images channels last in memory); compile (torch.compile of the nets,
reduce-overhead); graph (the whole step, both updates included, as one CUDA graph, channels last).
WORKLOAD: mlp, ring, dcgan28, dcgan32, wgangp28, dcgan64. P: float32 (as given), tf32 (allowed for
products and convolutions), bf16 (autocast).

A step of a GAN is one of the discriminator D (fresh fakes made without a graph; D on real and on
fake, each by a call of its own; Adam on D) and one of the generator G (G through D; Adam on G).
Both losses are read back as numbers after each step. Prints, as the other programs of the benchmark
do, 'SYSTEM WORKLOAD median_ms p10 p90 steps_per_s peak_MB', the memory being the card's, and a line
with '#': the time of a step whose losses are read once in a hundred, and the last losses.
"""
import argparse
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

DEVICE = "cuda"
MODES = ["eager", "channelslast", "compile", "graph"]
WORKLOADS = ["mlp", "ring", "dcgan28", "dcgan32", "wgangp28", "dcgan64"]
PRECISIONS = ["float32", "tf32", "bf16"]
BATCHES = 8
BEGIN = time.perf_counter()


class Image(nn.Module):
    """Rows of numbers as images."""

    def __init__(self, channels, size):
        super().__init__()
        self.shape = (channels, size, size)

    def forward(self, x):
        return x.view(-1, *self.shape)


def leaky():
    return nn.LeakyReLU(0.2)


def up(inputs, outputs):
    return nn.ConvTranspose2d(inputs, outputs, 4, 2, 1)


def down(inputs, outputs):
    return [nn.Conv2d(inputs, outputs, 4, 2, 1), leaky()]


def grown(latent, size, *channels):
    """A generator that doubles its images until they have the last number of channels."""
    layers = [nn.Linear(latent, size * size * channels[0]), Image(channels[0], size)]
    for before, after in zip(channels, channels[1:]):
        layers += [nn.BatchNorm2d(before), nn.ReLU(), up(before, after)]
    return nn.Sequential(*layers, nn.Tanh())


def shrunk(size, *channels):
    """A discriminator that halves its images down to a size."""
    layers = []
    for before, after in zip(channels, channels[1:]):
        layers += down(before, after)
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(size * size * channels[-1], 1))


def nets(workload):
    """Generator, discriminator, numbers of noise, and the shape of a batch."""
    if workload == "ring":
        g = nn.Sequential(
            nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, 2))
        d = nn.Sequential(
            nn.Linear(2, 128), leaky(), nn.Linear(128, 128), leaky(), nn.Linear(128, 1))
        return g, d, 2, (256, 2)
    if workload in ("dcgan28", "wgangp28"):
        g = nn.Sequential(
            nn.Linear(100, 7 * 7 * 128), Image(128, 7), nn.BatchNorm2d(128), leaky(),
            up(128, 128), nn.BatchNorm2d(128), leaky(),
            up(128, 64), nn.BatchNorm2d(64), leaky(),
            nn.Conv2d(64, 1, 7, 1, 3), nn.Tanh())
        return g, shrunk(7, 1, 64, 128), 100, (64, 1, 28, 28)
    if workload == "dcgan32":
        return grown(128, 4, 256, 128, 64, 3), shrunk(4, 3, 64, 128, 256), 128, (64, 3, 32, 32)
    return (grown(100, 4, 1024, 512, 256, 128, 3), shrunk(4, 3, 64, 128, 256, 512), 100,
            (128, 3, 64, 64))


class Gan:
    """One step: D, then G. Losses stay on the card."""

    def __init__(self, workload, channels_last, autocast, capturable):
        g, d, self.latent, shape = nets(workload)
        self.penalty = workload == "wgangp28"
        images = channels_last and len(shape) == 4
        form = torch.channels_last if images else torch.contiguous_format
        self.g = g.to(DEVICE, memory_format=form)
        self.d = d.to(DEVICE, memory_format=form)
        self.real = [
            torch.rand(shape, device=DEVICE).mul_(2).sub_(1).contiguous(memory_format=form)
            for _ in range(BATCHES)]
        self.batch = torch.empty_like(self.real[0])
        rate = {"ring": 1e-3, "wgangp28": 1e-4}.get(workload, 2e-4)
        betas = (0.0, 0.9) if self.penalty else (0.5, 0.999)
        adam = dict(lr=rate, betas=betas, eps=1e-8, fused=True, capturable=capturable)
        self.adam_g = torch.optim.Adam(self.g.parameters(), **adam)
        self.adam_d = torch.optim.Adam(self.d.parameters(), **adam)
        self.autocast = autocast

    def noise(self):
        return torch.randn(self.batch.shape[0], self.latent, device=DEVICE)

    def cast(self):
        return torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=self.autocast)

    def d_loss(self):
        with self.cast():
            with torch.no_grad():
                fake = self.g(self.noise())
            on_real, on_fake = self.d(self.batch).float(), self.d(fake).float()
        if not self.penalty:
            return F.softplus(-on_real).mean() + F.softplus(on_fake).mean()
        share = torch.rand(self.batch.shape[0], 1, 1, 1, device=DEVICE)
        between = (share * self.batch + (1 - share) * fake.float()).requires_grad_(True)
        with self.cast():
            score = self.d(between).float()
        (slope,) = torch.autograd.grad(score.sum(), between, create_graph=True)
        penalty = ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()
        return on_fake.mean() - on_real.mean() + 10 * penalty

    def g_loss(self):
        with self.cast():
            score = self.d(self.g(self.noise())).float()
        return -score.mean() if self.penalty else F.softplus(-score).mean()

    def step(self):
        self.adam_d.zero_grad(set_to_none=True)
        of_d = self.d_loss()
        of_d.backward()
        self.adam_d.step()
        self.adam_g.zero_grad(set_to_none=True)
        self.d.requires_grad_(False)
        of_g = self.g_loss()
        of_g.backward()
        self.adam_g.step()
        self.d.requires_grad_(True)
        return of_d.detach(), of_g.detach()

    def load(self, number):
        self.batch.copy_(self.real[number % BATCHES])

    def compile(self):
        self.g = torch.compile(self.g, mode="reduce-overhead")
        self.d = torch.compile(self.d, mode="reduce-overhead")


class Mlp:
    """One step of a classifier."""

    def __init__(self, workload, channels_last, autocast, capturable):
        del workload, channels_last  # the same for all
        self.net = nn.Sequential(
            nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
        ).to(DEVICE)
        self.features = [torch.randn(128, 784, device=DEVICE) for _ in range(BATCHES)]
        self.labels = [torch.randint(10, (128,), device=DEVICE) for _ in range(BATCHES)]
        self.batch = torch.empty_like(self.features[0])
        self.wanted = torch.empty_like(self.labels[0])
        self.adam = torch.optim.Adam(
            self.net.parameters(), lr=1e-3, eps=1e-8, fused=True, capturable=capturable)
        self.autocast = autocast

    def step(self):
        self.adam.zero_grad(set_to_none=True)
        with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=self.autocast):
            out = self.net(self.batch)
        loss = F.cross_entropy(out.float(), self.wanted)
        loss.backward()
        self.adam.step()
        return (loss.detach(),)

    def load(self, number):
        self.batch.copy_(self.features[number % BATCHES])
        self.wanted.copy_(self.labels[number % BATCHES])

    def compile(self):
        self.net = torch.compile(self.net, mode="reduce-overhead")


def runner(task, mode):
    """What takes a step."""
    if mode == "compile":
        task.compile()

        def compiled():
            torch.compiler.cudagraph_mark_step_begin()
            return task.step()

        return compiled
    if mode != "graph":
        return task.step
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(5):
            task.step()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        losses = task.step()

    def replay():
        graph.replay()
        return losses

    return replay


def measure(mode, workload, precision, iterations, warmup):
    torch.manual_seed(1)
    torch.cuda.reset_peak_memory_stats()
    torch.backends.cuda.matmul.allow_tf32 = precision != "float32"
    torch.backends.cudnn.allow_tf32 = precision != "float32"
    torch.backends.cudnn.benchmark = True
    kind = Mlp if workload == "mlp" else Gan
    task = kind(workload, mode != "eager", precision == "bf16", mode == "graph")
    task.load(0)
    run = runner(task, mode)
    values = [loss.item() for loss in run()]
    first = time.perf_counter() - BEGIN
    number = 1
    for _ in range(warmup):
        task.load(number)
        values = [loss.item() for loss in run()]
        number += 1
    times = []
    for _ in range(iterations):
        begin = time.perf_counter()
        task.load(number)
        values = [loss.item() for loss in run()]
        times.append(1000 * (time.perf_counter() - begin))
        number += 1
    unread = []
    for _ in range(3):
        torch.cuda.synchronize()
        begin = time.perf_counter()
        for _ in range(100):
            task.load(number)
            out = run()
            number += 1
        values = [loss.item() for loss in out]
        unread.append(10 * (time.perf_counter() - begin))
    label = "torch-%s%s %s" % (mode, "" if precision == "float32" else "+" + precision, workload)
    ordered = sorted(times)
    last = len(ordered) - 1
    print("%s %.4f %.4f %.4f %.2f %.0f" % (
        label, statistics.median(ordered), ordered[round(last * 0.1)], ordered[round(last * 0.9)],
        1000 * len(ordered) / sum(ordered), torch.cuda.max_memory_allocated() / 1e6))
    finite = all(value == value and abs(value) < 1e30 for value in values)
    print("# %s first_step_s=%.2f unread_ms=%.4f losses=%s finite=%s" % (
        label, first, statistics.median(unread), values, finite))
    if not finite:
        print("# %s CHECK FAILED: a loss is not finite" % label)
    sys.stdout.flush()


def count(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not at least 1")
    return number


def names(text, known):
    chosen = text.split(",")
    for name in chosen:
        if name not in known:
            raise argparse.ArgumentTypeError("%s is none of %s" % (name, ", ".join(known)))
    return chosen


def main():
    parser = argparse.ArgumentParser(description="Training steps in PyTorch on an NVIDIA card.")
    parser.add_argument("modes", metavar="MODE", type=lambda text: names(text, MODES))
    parser.add_argument("workloads", metavar="WORKLOAD", type=lambda text: names(text, WORKLOADS))
    parser.add_argument("iterations", metavar="ITERS", type=count, nargs="?")
    parser.add_argument("warmup", metavar="WARMUP", type=count, nargs="?")
    parser.add_argument(
        "--precision", default=["float32"], type=lambda text: names(text, PRECISIONS))
    given = parser.parse_args()
    if not torch.cuda.is_available():
        raise SystemExit("torch sees no card")
    print("# %s, torch %s, CUDA %s, cuDNN %s" % (
        torch.cuda.get_device_name(), torch.__version__, torch.version.cuda,
        torch.backends.cudnn.version()))
    failed = False
    for workload in given.workloads:
        small = workload in ("mlp", "ring")
        iterations = given.iterations or (300 if small else 50)
        warmup = (200 if small else 10) if given.warmup is None else given.warmup
        for mode in given.modes:
            for precision in given.precision:
                try:
                    measure(mode, workload, precision, iterations, warmup)
                except Exception as error:  # of many, one that cannot is a line, too
                    text = (str(error) or type(error).__name__).splitlines()[0]
                    print("# torch-%s %s %s FAILED: %s" % (mode, workload, precision, text[:150]))
                    sys.stdout.flush()
                    failed = True
                torch._dynamo.reset()
                torch.cuda.empty_cache()
    sys.exit(1 if failed else 0)


main()
