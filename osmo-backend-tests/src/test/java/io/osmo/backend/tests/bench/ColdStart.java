// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.bench;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Times fresh JVMs from their start to their end, in turn: one that prints a first plan, one that makes the same calls with
 * the SDK alone. Prints the medians and their ratio. Argument: how many of each; the cloud is the one of the environment,
 * {@code AWS_ENDPOINT_URL} of moto for example.
 */
public final class ColdStart {
    private ColdStart() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int runs = Integer.parseInt(arguments[0]);
        double[] plan = new double[runs];
        double[] bare = new double[runs];
        for (int i = 0; i < runs; i++) {
            plan[i] = seconds(FirstPlan.class);
            bare[i] = seconds(BareCalls.class);
        }
        System.out.printf(
                "%d fresh JVMs each, medians: first plan printed %.2f s, the same calls bare %.2f s, ratio %.2f%n",
                runs, median(plan), median(bare), median(plan) / median(bare));
    }

    private static double seconds(Class<?> program) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        program.getName()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(program.getSimpleName() + " failed");
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double median(double[] seconds) {
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }
}
