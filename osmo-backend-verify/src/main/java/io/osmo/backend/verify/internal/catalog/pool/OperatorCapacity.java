// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.OptionalLong;
import java.util.function.Function;

/** OP-2: capacity of operator nodes, not what is left of it for pods. */
public final class OperatorCapacity extends AbstractCheck {
    /** The kernel keeps up to 7 percent of memory for itself. */
    private static final long MEMORY = 8_000_000_000L * 93 / 100;

    /** 50 GB, less what the file system and the node image take. */
    private static final long DISK = 45L << 30;

    private final String resource;
    private final Function<String, OptionalLong> read;
    private final long least;
    private final String next;

    private OperatorCapacity(
            String id,
            String title,
            Severity severity,
            String resource,
            Function<String, OptionalLong> read,
            long least,
            String next) {
        super(id, title, Requirement.OP_2, severity, Vantage.KUBERNETES);
        this.resource = resource;
        this.read = read;
        this.least = least;
        this.next = next;
    }

    public static OperatorCapacity operatorCpu() {
        return new OperatorCapacity(
                "pool.operator.cpu",
                "4 vCPU or more on each operator node",
                Severity.ERROR,
                "cpu",
                Quantities::millis,
                4000,
                "Give the operator pool machines of 4 vCPU or more");
    }

    public static OperatorCapacity operatorMemory() {
        return new OperatorCapacity(
                "pool.operator.memory",
                "8 GB of memory or more (nominal) on each operator node",
                Severity.ERROR,
                "memory",
                Quantities::amount,
                MEMORY,
                "Give the operator pool machines of 8 GB or more");
    }

    public static OperatorCapacity operatorDiskAllocatable() {
        return new OperatorCapacity(
                "pool.operator.disk-allocatable",
                "45 GiB of ephemeral storage or more on each operator node",
                Severity.WARNING,
                "ephemeral-storage",
                Quantities::amount,
                DISK,
                "Set the disk of the operator pool to 50 GiB or more and replace its nodes");
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.operatorNodes(),
                nodes -> each(nodes, "operator nodes", n -> amount(n) >= least, this::show, next(evidence)));
    }

    private long amount(NodeFacts node) {
        return read.apply(node.capacity().getOrDefault(resource, "")).orElse(0);
    }

    private String next(Evidence evidence) {
        boolean machine = !resource.equals("ephemeral-storage");
        return next
                + (machine ? CloudServices.of(evidence.snapshot()).machines().suchAs(4) : "") + ".";
    }

    private String show(NodeFacts node) {
        return resource.equals("cpu")
                ? node.capacity().getOrDefault(resource, "no") + " vCPU"
                : Quantities.gib(amount(node));
    }
}
