// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.bench;

import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies many backends at once in one JVM, each in an emulated account of its own, all on one virtual clock, and prints what
 * that took. Argument: how many. The heap includes the emulated clouds; whether a bound is kept is seen by {@code -Xmx}.
 */
public final class ManyBackends {
    private ManyBackends() {}

    public static void main(String[] arguments) {
        int backends = Integer.parseInt(arguments[0]);
        long begin = System.nanoTime();
        List<EmulatedAws> accounts = new ArrayList<>();
        List<OsmoBackends> open = new ArrayList<>();
        List<ApplyHandle> handles = new ArrayList<>();
        try (VirtualTime time = VirtualTime.create()) {
            for (int i = 0; i < backends; i++) {
                EmulatedAws account = EmulatedAws.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(new AwsProvider(account))
                        .scheduler(time)
                        .build();
                accounts.add(account);
                open.add(osmo);
                BackendSpec spec = BackendSpec.builder("train-" + i)
                        .on("aws", "us-west-2")
                        .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                        .build();
                handles.add(osmo.start(osmo.plan(spec), ApplyOptions.defaults()));
            }
            handles.forEach(ApplyHandle::await);
            var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            var threads = ManagementFactory.getThreadMXBean();
            System.out.printf(
                    "%d backends: %d resources, %.1f s, at most %d threads, %d MiB of heap used at the end%n",
                    backends,
                    handles.stream().mapToInt(h -> h.plan().changes().size()).sum(),
                    (System.nanoTime() - begin) / 1e9,
                    threads.getPeakThreadCount(),
                    memory.getUsed() >> 20);
        }
        open.forEach(OsmoBackends::close);
        accounts.forEach(EmulatedAws::close);
        System.exit(0);
    }
}
