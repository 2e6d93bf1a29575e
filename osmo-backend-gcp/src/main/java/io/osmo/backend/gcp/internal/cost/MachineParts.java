// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cost;

import io.osmo.backend.gcp.internal.catalog.Machine;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.provider.cost.Article;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What a machine is billed by: its CPUs, memory, GPUs, and the local SSDs that it always has. */
final class MachineParts {
    /** Types that are billed by all of their CPUs: those that share some, custom ones, and whole servers are not. */
    private static final Pattern WHOLE_CPUS =
            Pattern.compile("[a-z]\\d[a-z]?-(standard|highmem|highcpu|highgpu|megagpu|ultragpu)-\\d+g?");

    private static final BigDecimal MIB_OF_GIB = BigDecimal.valueOf(1024);

    /** A local SSD of these families has this size. */
    private static final int LOCAL_SSD_GIB = 375;

    private MachineParts() {}

    /** A type of a pool. Without parts if it is not known what it is billed by. */
    static Article article(Offers offers, NodePool pool, String type) {
        MachineShape shape = MachineShape.parse(type);
        return new Article(
                pool.spot() ? type + " as spot machine" : type,
                offers.machineOf(shape)
                        .filter(machine -> WHOLE_CPUS.matcher(machine.name()).matches())
                        .map(machine -> parts(shape, machine, pool.spot()))
                        .orElse(Map.of()));
    }

    private static Map<String, BigDecimal> parts(MachineShape shape, Machine machine, boolean spot) {
        Map<String, BigDecimal> parts = new HashMap<>();
        parts.put(Rate.core(shape.family(), spot), BigDecimal.valueOf(machine.vcpus()));
        parts.put(
                Rate.memory(shape.family(), spot),
                BigDecimal.valueOf(machine.memoryMib()).divide(MIB_OF_GIB, MathContext.DECIMAL64));
        machine.accelerator().ifPresent(type -> parts.put(Rate.gpu(type, spot), BigDecimal.valueOf(machine.gpus())));
        shape.attached().ifPresent(type -> parts.put(Rate.gpu(type, spot), BigDecimal.valueOf(shape.count())));
        if (machine.localSsds() > 0) {
            parts.put(Rate.localSsd(spot), BigDecimal.valueOf((long) machine.localSsds() * LOCAL_SSD_GIB));
        }
        return parts;
    }
}
