// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.semver4j.Semver;

/** What nodes report about containerd, such as {@code containerd://1.7.33-ubuntu22.04u1}. */
final class ContainerdNodes {
    private static final String PREFIX = "containerd://";

    private ContainerdNodes() {}

    static boolean runs(NodeFacts node) {
        return node.runtimeVersion().startsWith(PREFIX);
    }

    static List<NodeFacts> on(List<NodeFacts> nodes) {
        return nodes.stream().filter(ContainerdNodes::runs).toList();
    }

    /** Nodes that run containerd but report no version, such as {@code containerd://Unknown}. */
    static List<NodeFacts> unreadable(List<NodeFacts> nodes) {
        return on(nodes).stream().filter(n -> version(n).isEmpty()).toList();
    }

    /** Whether a node is known to run a version that matches. */
    static boolean runs(NodeFacts node, Predicate<Semver> version) {
        return version(node).filter(version).isPresent();
    }

    private static Optional<Semver> version(NodeFacts node) {
        return runs(node) ? Versions.parse(node.runtimeVersion().substring(PREFIX.length())) : Optional.empty();
    }
}
