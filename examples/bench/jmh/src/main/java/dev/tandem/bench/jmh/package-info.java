/** Single kernels on the shapes of the workloads, timed by JMH. */
package dev.tandem.bench.jmh;
