// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Conditions that agents on nodes set: the <a href="https://github.com/kubernetes/node-problem-detector">node problem detector</a>
 * and those of clouds and of NVIDIA, such as KernelDeadlock, ReadonlyFilesystem and XIDErrors, and OSMO's own tests of nodes. They are
 * bad when true, except those that are named after what works, such as KernelReady, which are bad when false. OSMO looks at the
 * condition Ready only, and would still send tasks to such a node.
 */
public final class Problems extends AbstractCheck {
    /** Kubernetes' own, about which there are other checks. */
    private static final Set<String> OTHERS =
            Set.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable", "EtcdIsVoter");

    private static final Pattern GOOD = Pattern.compile(".*(?<!Not)(Ready|Healthy|Available|Succeeded|OK|Ok)");

    /** Label with which the GPU Operator reports the progress of a driver upgrade; the node is cordoned until it has finished. */
    private static final String DRIVER_UPGRADE = "nvidia.com/gpu-driver-upgrade-state";

    public Problems() {
        super(
                "node.problems",
                "no problem reported by agents on nodes, such as a kernel deadlock, a read-only file system, or a GPU error (XID)",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes,
                        "nodes",
                        n -> problems(n).isEmpty(),
                        Problems::problems,
                        "Run kubectl describe node NAME for details, then repair, restart or replace the node."));
    }

    private static String problems(NodeFacts node) {
        Stream<String> upgrade = node.label(DRIVER_UPGRADE).equals("upgrade-failed")
                ? Stream.of(DRIVER_UPGRADE + "=upgrade-failed")
                : Stream.empty();
        Stream<String> conditions = node.conditions().entrySet().stream()
                .filter(condition -> !OTHERS.contains(condition.getKey()))
                .filter(Problems::bad)
                .map(condition ->
                        condition.getKey() + (condition.getValue().equals("True") ? "" : "=" + condition.getValue()));
        return Stream.concat(conditions, upgrade).sorted().collect(Collectors.joining(", "));
    }

    private static boolean bad(Map.Entry<String, String> condition) {
        return GOOD.matcher(condition.getKey()).matches()
                ? condition.getValue().equals("False")
                : condition.getValue().equals("True");
    }
}
