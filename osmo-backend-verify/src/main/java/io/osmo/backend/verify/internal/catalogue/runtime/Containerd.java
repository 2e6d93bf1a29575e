// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.runtime;

import io.osmo.backend.verify.internal.units.Versions;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.List;
import java.util.Optional;
import org.semver4j.Semver;

/** What nodes say about containerd, such as {@code containerd://1.7.33-ubuntu22.04u1}. */
final class Containerd {
    private static final String PREFIX = "containerd://";

    private Containerd() {}

    static boolean runs(NodeFacts node) {
        return node.runtimeVersion().startsWith(PREFIX);
    }

    static List<NodeFacts> on(List<NodeFacts> nodes) {
        return nodes.stream().filter(Containerd::runs).toList();
    }

    static Optional<Semver> version(NodeFacts node) {
        return runs(node) ? Versions.parse(node.runtimeVersion().substring(PREFIX.length())) : Optional.empty();
    }
}
